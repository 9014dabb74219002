/** From a pull request to what should run for it: what is read where, what is trusted, and what is said when it cannot be. */
import { describe, expect, test } from "vitest";
import { isRegistrable, planOf, workloadOf } from "./answers.ts";
import { COMPOSE, CONFIG, DIGEST, HEAD, MERGE_BASE, NOW, planned, TIP } from "./repository.ts";

describe("a pull request of a repository that is set up", () => {
  test("gets a stack of its head, with the images of that commit by digest", async () => {
    const { shadow, driver, notes, ...plan } = await planOf();
    expect([driver, notes]).toEqual(["kubernetes", []]);
    expect(shadow.identity).toEqual({ repoId: 7, pr: 12, role: "shadow", sha: HEAD });
    expect(shadow.expiresAt).toBe(NOW + 7 * 86_400_000);
    expect(workloadOf(shadow)).toMatchObject({
      images: { web: `ghcr.io/acme/web@${DIGEST}`, db: "docker.io/library/postgres:16" },
      entry: { service: "web", port: 8080 },
      envServices: ["web"],
      seed: null,
    });
    expect(plan.registration).toMatchObject({
      repository: { id: 7, fullName: "acme/web" },
      pull: { number: 12, title: "Sort orders by date", branch: "sort-orders" },
      headSha: HEAD,
      hosts: ["shop.example.com"],
      rate: 0.01,
      maxRps: 20,
      controlShare: 0,
    });
    expect(isRegistrable(plan)).toBe(true);
  });

  test("and one of its merge base, which others share while nothing is written", async () => {
    const { base, againShare } = await planOf();
    expect(base?.identity).toEqual({ repoId: 7, pr: null, role: "base", sha: MERGE_BASE });
    expect(againShare).toBeGreaterThan(0);
    const other = await planOf({ pull: { number: 13 }, question: { since: NOW + 5_000, now: NOW + 5_000 } });
    expect(other.base).toEqual(base);
  });

  test.each([
    "sampling: { methods: [GET, POST] }",
    'routes: [{ match: "PUT /cart", mirror: true }]',
    'routes: [{ match: "* /cart", mirror: true }]',
  ])("a base of its own where it writes: %s", async (line) => {
    const { base } = await planOf({ everywhere: { ".shadow-infra.yml": `${CONFIG}${line}\n` } });
    expect(base?.identity).toEqual({ repoId: 7, pr: 12, role: "base", sha: MERGE_BASE });
  });

  test("the base stack runs as its own commit says, whatever the head says", async () => {
    const { shadow, base } = await planOf({
      head: {
        ".shadow-infra.yml": `${CONFIG}service: db\ncompose: new.yaml\nstack: { seed: make seed }\n`,
        "new.yaml": COMPOSE,
      },
    });
    expect([workloadOf(shadow).entry.service, workloadOf(shadow).seed]).toEqual(["db", "make seed"]);
    expect([workloadOf(base).entry.service, workloadOf(base).seed]).toEqual(["web", null]);
  });

  test("a merge base from before the configuration runs as the base branch says now", async () => {
    const { base } = await planOf({
      mergeBase: { ".shadow-infra.yml": null },
      head: { ".shadow-infra.yml": `${CONFIG}service: db\n` },
    });
    expect(workloadOf(base).entry.service).toBe("web");
  });

  test("control: refetch asks production instead, off asks nobody", async () => {
    const refetch = await planOf({ tip: { ".shadow-infra.yml": `${CONFIG}control: refetch\n` } });
    expect([refetch.base, refetch.registration.controlShare]).toEqual([null, 0.1]);
    const off = await planOf({ tip: { ".shadow-infra.yml": `${CONFIG}control: off\n` } });
    expect([off.base, off.registration.controlShare, off.againShare]).toEqual([null, 0, 0]);
  });

  test("its files are read once for a commit", async () => {
    const { reads, planAgain } = await planned();
    const count = reads.length;
    await planAgain();
    expect(reads.slice(count).filter((read) => !read.includes(".env"))).toEqual([]);
    expect(new Set(reads).size).toBe(count);
  });

  test("files that the compose file names are read at the same commit", async () => {
    const compose = 'services: { web: { build: ., ports: ["8080"], env_file: [deploy/web.env] } }';
    const { shadow } = await planOf({ head: { "compose.yaml": compose, "deploy/web.env": "GREETING=hello\n" } });
    expect(workloadOf(shadow).project.services[0]?.environment).toEqual({ GREETING: "hello" });
  });

  test("the configuration may lie under .github", async () => {
    const moved = { ".shadow-infra.yml": null, ".github/.shadow-infra.yml": CONFIG };
    expect((await planOf({ everywhere: moved })).registration.hosts).toEqual(["shop.example.com"]);
  });
});

describe("what a pull request says about its own judging changes nothing", () => {
  test.each([
    ["rate", "sampling: { rate: 1, max_rps: 9000, methods: [GET, HEAD, POST] }"],
    ["redaction", "redact: { names: [] }"],
    ["hosts", "hosts: [bank.example.com]"],
    ["credentials", 'credentials: { cookie: "secret:TEST_TOKEN" }'],
    ["ignores", 'routes: [{ match: "* /**", compare: shape, ignore: ["$"] }]'],
  ])("%s", async (_what, lines) => {
    const base = CONFIG + "sampling: { rate: 0.02 }\nredact: { names: [ssn] }\n";
    const honest = await planOf({ tip: { ".shadow-infra.yml": base }, head: { ".shadow-infra.yml": base } });
    const head = `version: 1\nimages: { web: "ghcr.io/acme/web:{sha}" }\n${lines}\n`;
    const { registration, notes } = await planOf({
      tip: { ".shadow-infra.yml": base },
      head: { ".shadow-infra.yml": head },
    });
    expect(registration).toEqual(honest.registration);
    expect(notes).toContainEqual(expect.objectContaining({ file: ".shadow-infra.yml", line: 3, effect: "dropped" }));
  });

  test("less traffic is granted and told", async () => {
    const { registration, notes } = await planOf({
      head: { ".shadow-infra.yml": `${CONFIG}sampling: { rate: 0.001 }\n` },
    });
    expect(registration.rate).toBe(0.001);
    expect(notes).toMatchObject([
      { key: "sampling.rate", line: 4, effect: "adjusted", message: expect.stringContaining("0.001") },
    ]);
  });
});

describe("the operator's word", () => {
  test("a host counts where the operator lists it for this repository", async () => {
    const tip = { ".shadow-infra.yml": "version: 1\nhosts: [bank.example.com, shop.example.com]\n" };
    expect((await planOf({ tip })).registration.hosts).toEqual(["shop.example.com"]);
  });

  test("auto mirrors all up to the evidence of 10 minutes, and never beyond the operator's cap", async () => {
    const tip = { ".shadow-infra.yml": `${CONFIG}sampling: { rate: auto }\ngate: { min_pairs: 600 }\n` };
    expect((await planOf({ tip })).registration).toMatchObject({ rate: 1, maxRps: 1 });
    expect((await planOf({ tip, allowed: { maxRps: 0.5 } })).registration).toMatchObject({ rate: 1, maxRps: 0.5 });
  });

  test("secrets are filled in from its own, for the stack and for test identities", async () => {
    const env = 'stack: { env: { DATABASE_URL: "secret:SHADOW_DB", MODE: shadow }, egress: ["db.staging:5432"] }';
    const tip = { ".shadow-infra.yml": `${CONFIG}${env}\ncredentials: { authorization: "secret:TEST_TOKEN" }\n` };
    const { shadow, registration } = await planOf({ tip });
    expect(workloadOf(shadow)).toMatchObject({
      env: { DATABASE_URL: "postgres://shadow", MODE: "shadow" },
      egress: ["db.staging:5432"],
    });
    expect(registration.credentials).toEqual({ authorization: "Bearer test" });
  });

  test("a file that names no driver takes the one that is there", async () => {
    expect((await planOf({ settings: { drivers: ["docker"] } })).driver).toBe("docker");
  });
});

test("a fork is read in the fork, and judged by the repository", async () => {
  const fork = { id: 8, fullName: "someone/web" };
  const { reads } = await planned({ pull: { head: { sha: HEAD, ref: "patch", repository: fork } } });
  for (const read of reads) expect(read.startsWith("someone/web@")).toBe(read.includes(`@${HEAD.slice(0, 7)}`));
  expect(reads).toContain(`acme/web@${TIP.slice(0, 7)}:.shadow-infra.yml`);
});

describe("OpenAPI", () => {
  const tip = { ".shadow-infra.yml": `${CONFIG}openapi: api.json\n` };
  const api = (path: string) =>
    JSON.stringify({ openapi: "3.1.0", info: {}, paths: { [path]: { get: { responses: {} } } } });

  test("is the base branch's", async () => {
    const world = { tip: { ...tip, "api.json": api("/users/{id}") }, head: { "api.json": api("/{anything}") } };
    expect((await planOf(world)).registration.compare?.templates).toEqual(["/users/{id}"]);
  });

  test.each([undefined, "openapi: 7"])("that cannot be read stops nothing and is told", async (text) => {
    const { notes } = await planOf({ tip: text === undefined ? tip : { ...tip, "api.json": text } });
    expect(notes).toMatchObject([{ file: "api.json", key: "openapi", effect: "adjusted" }]);
  });
});
