/** Files of a commit: text, folders, links, what is not there, and who hands out a fork's. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalGitHub, LocalPull, LocalRepository } from "../../../infra/local/github/stand-in.ts";
import { startGitHub } from "../../../infra/local/github/start.ts";
import type { GitHub } from "../../../infra/provisioner/github/github.ts";
import { appClient, first, standIn, tokenClient, unavailability } from "./client.ts";

const MANY_LINKS = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`l${i}`, { symlink: `l${i + 1}` }]));

const FILES = {
  "compose.yaml": "services: {}\n",
  "docker/web/Dockerfile": "FROM scratch\n",
  "docker/web/conf/app.conf": "a=1\n",
  "docker/db.env": "\uFEFFA=ü\n",
  "docker-compose.yml": { symlink: "./docker/../compose.yaml" },
  conf: { symlink: "docker/web/conf" },
  outside: { symlink: "../../etc/passwd" },
  absolute: { symlink: "/etc/passwd" },
  circle: { symlink: "circle" },
  heavy: { symlink: `${"./".repeat(2_100)}compose.yaml` },
  ...MANY_LINKS,
  l9: "too far",
  vendor: { submodule: "a".repeat(40) },
  "logo.png": new Uint8Array([137, 80, 78, 71, 0, 1, 2]),
  "latin1.txt": new Uint8Array([0x63, 0x61, 0x66, 0xe9]),
  "big.txt": "x".repeat(1_000_001),
  "edge.txt": "x".repeat(1_000_000),
};

describe("a path of a commit", () => {
  let github: LocalGitHub;
  let shop: LocalRepository;
  let gitHub: GitHub;
  let sha: string;

  beforeAll(async () => {
    github = await startGitHub();
    shop = github.repository("acme/shop", { files: FILES });
    gitHub = tokenClient(github, { ids: [shop.id] });
    sha = shop.head();
  });
  afterAll(() => github.close());

  const read = (path: string) => gitHub.file({ fullName: "acme/shop", sha }, path);

  test.each([
    ["compose.yaml", { kind: "file", text: "services: {}\n" }],
    ["./docker//web/../db.env", { kind: "file", text: "\uFEFFA=ü\n" }],
    ["docker/web", { kind: "folder", paths: ["docker/web/Dockerfile", "docker/web/conf/app.conf"] }],
    ["docker-compose.yml", { kind: "file", text: "services: {}\n" }],
    ["conf", { kind: "folder", paths: ["docker/web/conf/app.conf"] }],
    ["conf/app.conf", { kind: "file", text: "a=1\n" }],
    ["logo.png", { kind: "binary" }],
    ["latin1.txt", { kind: "binary" }],
    ["big.txt", { kind: "binary" }],
    ["missing.yaml", null],
    ["docker/missing", null],
    ["compose.yaml/inside", null],
    ["vendor", null],
    ["vendor/file", null],
    ["outside", null],
    ["absolute", null],
    ["circle", null],
    ["heavy", null],
    ["l0", null],
    ["l5", { kind: "file", text: "too far" }],
    ["../compose.yaml", null],
    ["/compose.yaml", null],
  ])("%s", async (path, expected) => {
    expect(await read(path)).toEqual(expected);
  });

  test("a text of a million bytes is read", async () => {
    expect(await read("edge.txt")).toMatchObject({ kind: "file" });
  });

  test("the whole repository is a folder too, with links and submodules named", async () => {
    const top = await read(".");
    expect(top).toMatchObject({ kind: "folder" });
    expect(top?.kind === "folder" ? top.paths : []).toEqual(
      expect.arrayContaining(["compose.yaml", "docker/web/conf/app.conf", "vendor", "conf"]),
    );
  });

  test("is asked for once, and unchanged files of the next commit not at all", async () => {
    await read("docker/db.env");
    await read("docker/db.env");
    const before = github.calls.length;
    await read("docker/db.env");
    expect(github.calls).toHaveLength(before);
    const next = shop.push({ files: { "compose.yaml": "services: {web: {}}\n" } });
    expect(await gitHub.file({ fullName: "acme/shop", sha: next }, "docker/db.env")).toMatchObject({ kind: "file" });
    expect(github.calls.length - before).toBe(1);
  });

  test("a commit that is not there is unknown, never a file that is missing", async () => {
    const { message } = await unavailability(
      gitHub.file({ fullName: "acme/shop", sha: "0".repeat(40) }, "compose.yaml"),
    );
    expect(message).toContain("no such commit");
  });

  test("of a repository that nobody serves is not asked for", async () => {
    await unavailability(gitHub.file({ fullName: "other/repository", sha }, "compose.yaml"));
    expect(github.calls.some(({ path }) => path.includes("other/repository"))).toBe(false);
  });
});

describe("a fork's head", () => {
  async function forked(options: { readonly private: boolean }): Promise<{
    readonly github: LocalGitHub;
    readonly fork: LocalRepository;
    readonly pull: LocalPull;
    readonly gitHub: GitHub;
  }> {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const fork = shop.fork("stranger/shop", options);
    const pull = shop.openPull({ from: fork, files: { "compose.yaml": "from: fork\n" } });
    const gitHub = appClient(github, { ids: [shop.id] });
    await gitHub.pull(first(await gitHub.repositories()), pull.number);
    return { github, fork, pull, gitHub };
  }

  test.each([
    ["public", false],
    ["private", true],
  ])("of a %s fork is read", async (_, isPrivate) => {
    const { github, pull, gitHub } = await forked({ private: isPrivate });
    const at = { fullName: "stranger/shop", sha: pull.headSha() };
    expect(await gitHub.file(at, "compose.yaml")).toEqual({ kind: "file", text: "from: fork\n" });
    expect(await gitHub.file(at, "missing.yaml")).toBeNull();
    const inFork = github.calls.filter(({ path }) => path.includes("stranger/shop/git"));
    expect(inFork.some(({ status }) => status === 200)).toBe(!isPrivate);
  });

  test("is read while the base still has it, after the fork is gone", async () => {
    const { fork, pull, gitHub } = await forked({ private: false });
    fork.remove();
    const at = { fullName: "stranger/shop", sha: pull.headSha() };
    expect(await gitHub.file(at, "compose.yaml")).toEqual({ kind: "file", text: "from: fork\n" });
  });

  test("that GitHub is too busy to show is unknown, and not asked for at the base", async () => {
    const { github, pull, gitHub } = await forked({ private: false });
    github.fail({ kind: "rate-limit", seconds: 60 });
    const before = github.calls.length;
    const error = await unavailability(gitHub.file({ fullName: "stranger/shop", sha: pull.headSha() }, "compose.yaml"));
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(github.calls.length - before).toBe(1);
  });
});
