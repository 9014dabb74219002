/** What stands in a plan's way: told with a stable code, in words that say what to do, and always with something to show. */
import { describe, expect, test } from "vitest";
import { isRegistrable, planOf, refusal } from "./answers.ts";
import { CONFIG, DIGEST, HEAD, MERGE_BASE, NOW, type World } from "./repository.ts";

describe("what somebody has to change is refused with a code and with words", () => {
  const tip = (text: string): World => ({ tip: { ".shadow-infra.yml": text } });
  const head = (text: string): World => ({ head: { ".shadow-infra.yml": text } });
  const compose = (text: string): World => ({ head: { "compose.yaml": text } });

  test.each<[string, World, RegExp]>([
    ["repository-unlisted", { allowed: null }, /acme\/web \(id 7\)/],
    [
      "config-unreadable",
      head("version: 1\nhots: []\n"),
      /of this pull request.*\.shadow-infra\.yml:2: hots:.*"hosts"/,
    ],
    ["config-unreadable", tip("hosts: {"), /on the base branch/],
    ["no-host", tip("version: 1\n"), /names none on the base branch.*Merge `hosts: \[shop\.example\.com\]` first/],
    ["no-host", { allowed: { hosts: [] } }, /lists none for this repository/],
    ["no-host", { tip: { ".shadow-infra.yml": null } }, /a pull request cannot say it for itself/],
    ["driver-not-enabled", tip(`${CONFIG}driver: docker\n`), /"docker" is not switched on.*kubernetes/],
    [
      "secret-missing",
      tip(`${CONFIG}stack: { env: { A: "secret:NOT_HERE" } }\n`),
      /stack\.env\.A wants secret:NOT_HERE/,
    ],
    ["secret-missing", tip(`${CONFIG}credentials: { cookie: "secret:NOT_HERE" }\n`), /credentials\.cookie/],
    [
      "egress-not-allowed",
      {
        ...tip(`${CONFIG}stack: { egress: ["db.staging:5432", "10.0.0.7:5432"] }\n`),
        allowed: { egress: ["DB.staging:5432"] },
      },
      /names 10\.0\.0\.7:5432.*out to DB\.staging:5432/,
    ],
    ["compose-missing", { head: { "compose.yaml": null } }, /compose\.yaml, compose\.yml/],
    ["compose-missing", head(`${CONFIG}compose: deploy/c.yml\n`), /no deploy\/c\.yml/],
    [
      "compose-refused",
      compose("services: { web: { image: nginx, privileged: true } }"),
      /compose\.yaml:1, services\.web\.privileged/,
    ],
    ["service-unknown", head(`${CONFIG}service: weeb\n`), /Did you mean "web"/],
    ["no-port", compose('services: { web: { image: "nginx" } }'), /`ports:`/],
    ["image-template-missing", head("version: 1\n"), /images: \{ web: "registry\.example/],
    ["image-template", head('version: 1\nimages: { web: "ghcr.io/acme/web:{sha}-{branch}" }\n'), /\{branch\}/],
    [
      "image-template",
      head(`version: 1\nimages: { web: "ghcr.io/acme/web:{sha}@${DIGEST}" }\n`),
      /the same image for every commit/,
    ],
    [
      "image-not-allowed",
      {
        ...head('version: 1\nimages: { web: "ghcr.io/acme/other:{sha}" }\n'),
        allowed: { registries: ["ghcr.io/acme/web"] },
      },
      /may come from ghcr\.io\/acme\/web;/,
    ],
    ["image-not-allowed", { allowed: { registries: ["quay.io/acme"] } }, /may come from nowhere yet/],
    ["image-name", head('version: 1\nimages: { web: "ghcr.io/acme/Web:{sha}" }\n'), /no image's name/],
    [
      "image-not-allowed",
      head('version: 1\nimages: { web: "ghcr.io/other/web:{sha}" }\n'),
      /may come from ghcr\.io\/acme/,
    ],
    ["image-not-allowed", compose('services: { cache: { image: "quay.io/x/y", ports: ["80"] } }'), /quay\.io\/x\/y/],
    [
      "process-not-set",
      { ...tip(`${CONFIG}driver: process\n`), settings: { drivers: ["process"] } },
      /none for acme\/web/,
    ],
  ])("%s", async (code, world, words) => {
    const result = await refusal(world);
    expect(result).toMatchObject({ kind: "refused", code });
    expect(result.words).toMatch(words);
    expect(result.registration.pull.number).toBe(12);
    expect(isRegistrable(result)).toBe(true);
  });

  test("a value of a secret that no header can carry is told without the value", async () => {
    const world = {
      ...tip(`${CONFIG}credentials: { cookie: "secret:A" }\n`),
      allowed: { secrets: { A: "one\nX-Two: 2" } },
    };
    const result = await refusal(world);
    expect(result).toMatchObject({ code: "registration", words: expect.stringContaining("credentials.cookie") });
    expect(JSON.stringify(result)).not.toContain("X-Two");
  });
});

describe("the commit's own image", () => {
  const absent = { images: () => ({ kind: "absent" as const }) };

  test("is waited for, and then missed", async () => {
    expect(await refusal(absent)).toMatchObject({
      kind: "waiting",
      code: "image-waiting",
      words: expect.stringContaining(HEAD),
    });
    const late = await refusal({ ...absent, question: { now: NOW + 900_000 } });
    expect(late).toMatchObject({ kind: "refused", code: "image-missing" });
  });

  test("of others no registry is asked", async () => {
    const asked: string[] = [];
    await planOf({
      images: ({ repository, tag }) => {
        asked.push(`${repository}:${tag}`);
        return { kind: "there", digest: DIGEST };
      },
    });
    expect(asked.toSorted()).toEqual([`acme/web:${HEAD}`, `acme/web:${MERGE_BASE}`]);
  });

  test("of the base commit is waited for shortly; then production is the reference, and the report says so", async () => {
    const images: World["images"] = ({ tag }) =>
      tag === HEAD ? { kind: "there", digest: DIGEST } : { kind: "absent" };
    expect(await refusal({ images })).toMatchObject({ kind: "waiting", words: expect.stringContaining(MERGE_BASE) });
    const { base, registration, notes } = await planOf({ images, question: { now: NOW + 180_000 } });
    expect([base, registration.controlShare]).toEqual([null, 0.1]);
    expect(notes).toMatchObject([
      { key: "control", code: "no-base", message: expect.stringContaining("production is the reference") },
    ]);
  });
});
