/** The planner over the real client and a GitHub on this machine: at which commit of which repository things are read and waited for. */
import { expect, test } from "vitest";
import type { LocalPull, LocalRepository } from "../../../infra/local/github/stand-in.ts";
import type { GitHub } from "../../../infra/provisioner/github/github.ts";
import type { RepositorySettings } from "../../../infra/provisioner/settings/operator.ts";
import { standIn, tokenClient } from "../github/client.ts";
import { workloadOf } from "./answers.ts";
import { COMPOSE, CONFIG, DIGEST, planned, type World } from "./repository.ts";

const ID = 7;

async function repositoryAt(files: Readonly<Record<string, string>> = {}) {
  const local = await standIn();
  const all = { ".shadow-infra.yml": CONFIG, "compose.yaml": COMPOSE, ...files };
  return {
    repository: local.repository("acme/web", { id: ID, files: all }),
    github: tokenClient(local, { ids: [ID] }),
  };
}

async function planFor(github: GitHub, { number }: LocalPull, world: World = {}) {
  const [facts] = await github.repositories();
  const pull = facts === undefined ? null : await github.pull(facts, number);
  if (pull === null) throw new Error("there is no such pull request");
  return planned({ ...world, github, pull });
}

async function planOf(...asked: Parameters<typeof planFor>) {
  const result = await planFor(...asked);
  if (!result.ok) throw new Error(`${result.code}: ${result.words}`);
  return result.plan;
}

function moveOn(repository: LocalRepository): string {
  return repository.push({ files: { "README.md": "Merged meanwhile." } });
}

test("the stack is the head's, its base is the commit they have in common, and the files are read there", async () => {
  const { repository, github } = await repositoryAt();
  const mergeBase = repository.head();
  const pull = repository.openPull({
    title: "Sort orders by date",
    files: {
      "compose.yaml": `${COMPOSE.trimEnd().replace("build: .", "build: ., env_file: web.env")}\n`,
      "web.env": "SORT=date\n",
    },
  });
  moveOn(repository);
  const { shadow, base, registration } = await planOf(github, pull);
  expect(shadow.identity).toEqual({ repoId: ID, pr: pull.number, role: "shadow", sha: pull.headSha() });
  expect(base?.identity).toEqual({ repoId: ID, pr: null, role: "base", sha: mergeBase });
  const sortOf = (spec: typeof base) =>
    workloadOf(spec).project.services.find(({ name }) => name === "web")?.environment["SORT"];
  expect([sortOf(shadow), sortOf(base)]).toEqual(["date", undefined]);
  expect(workloadOf(shadow).images["web"]).toBe(`ghcr.io/acme/web@${DIGEST}`);
  expect(registration).toMatchObject({ pull: { title: "Sort orders by date" }, headSha: pull.headSha() });
});

test("what judges is the base branch's as it stands now, not as the head or the merge base have it", async () => {
  const { repository, github } = await repositoryAt();
  const pull = repository.openPull({ files: { ".shadow-infra.yml": `${CONFIG}sampling: { rate: 1 }\n` } });
  repository.push({ files: { ".shadow-infra.yml": `${CONFIG}sampling: { rate: 0.002 }\n` } });
  const { registration, notes } = await planOf(github, pull);
  expect(registration.rate).toBe(0.002);
  expect(notes).toContainEqual(expect.objectContaining({ key: "sampling.rate", effect: "dropped" }));
});

test("a fork's files are read in the fork, and its hosts in the repository", async () => {
  const { repository, github } = await repositoryAt();
  const from = repository.fork("stranger/web");
  const pull = repository.openPull({
    from,
    files: { ".shadow-infra.yml": `${CONFIG.replace("shop.", "bank.")}service: db\n` },
  });
  const { shadow, registration } = await planOf(github, pull);
  expect(workloadOf(shadow).entry.service).toBe("db");
  expect(registration.hosts).toEqual(["shop.example.com"]);
});

test.each([
  [null, { kind: "waiting", code: "image-waiting" }],
  ["failure", { kind: "refused", code: "image-build-failed" }],
] as const)("an image is waited for by the check run of its commit: %s", async (conclusion, expected) => {
  const { repository, github } = await repositoryAt();
  const pull = repository.openPull({ files: { "a.txt": "a" } });
  repository.check(pull.headSha(), { name: "images", conclusion });
  const allowed: Partial<RepositorySettings> = { imageCheck: "images" };
  expect(await planFor(github, pull, { allowed, images: () => ({ kind: "absent" }) })).toMatchObject(expected);
});

test("files that nobody can mean are words for the pull request", async () => {
  const { repository, github } = await repositoryAt();
  const pull = repository.openPull({ files: { "compose.yaml": "services: [" } });
  expect(await planFor(github, pull)).toMatchObject({
    ok: false,
    kind: "refused",
    words: expect.stringContaining("compose.yaml"),
  });
});
