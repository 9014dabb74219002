/** `shadow-infra config` as a user runs it: a real process in a folder with real files. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { composeReport } from "../../cli/config/compose.ts";
import { filesIn } from "../../cli/config/folder.ts";
import { type LoadedFile, loadFor } from "../../cli/config/load.ts";
import { settingsOf } from "../../cli/config/settings.ts";

const BIN = new URL("../../cli/bin.mjs", import.meta.url).pathname;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [BIN, "config", ...args], { cwd, env: { PATH: process.env.PATH } });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

function loaded(result: LoadedFile | string): LoadedFile {
  if (typeof result === "string") throw new Error(result);
  return result;
}

const CONFIG = "version: 1\nhosts: [shop.example.com]\nsampling:\n  rate: 0.5\n";
const COMPOSE = `services:
  db: { image: "postgres:16", expose: ["5432"] }
  web:
    build: .
    ports: ["80:8080"]
    labels: { a: b }
`;

describe("print", () => {
  test("tells each value and the line it is from", async () => {
    const { code, stdout } = await run(folderWith({ ".shadow-infra.yml": CONFIG }), "print");
    expect(code).toBe(0);
    expect(stdout).toMatch(/sampling\.rate +0\.5 +\.shadow-infra\.yml:4\n/);
    expect(stdout).toMatch(/hosts +\["shop\.example\.com"\] +\.shadow-infra\.yml:2\n/);
    expect(stdout).toMatch(/ttl +"7d" +default\n/);
  });

  test("against a base tells what counts, and what of the file does not, also as JSON", async () => {
    const folder = folderWith({
      "base.yml": "version: 1\nsampling: { rate: 0.01 }\n",
      ".shadow-infra.yml": `${CONFIG}budgets: { p95_ms: 5 }\nservice: web\n`,
    });
    const { code, stdout } = await run(folder, "print", "--base", "base.yml", "--format", "json");
    const { values, refused, schemaVersion } = JSON.parse(stdout) as {
      values: { key: string }[];
      refused: { key: string }[];
      schemaVersion: number;
    };
    expect([code, schemaVersion]).toEqual([0, 1]);
    expect(values).toContainEqual({
      key: "sampling.rate",
      value: 0.01,
      from: "base",
      place: expect.stringMatching(/base\.yml:2$/),
    });
    expect(values).toContainEqual({ key: "budgets.p95_ms", value: 5, from: "tightened", place: ".shadow-infra.yml:5" });
    expect(values).toContainEqual({ key: "service", value: "web", from: "file", place: ".shadow-infra.yml:6" });
    expect(refused.map(({ key }) => key)).toEqual(["hosts", "sampling.rate"]);
  });
});

describe("validate", () => {
  test("says that all is well, and what becomes of the compose file", async () => {
    const folder = folderWith({ ".shadow-infra.yml": CONFIG, "compose.yaml": COMPOSE });
    const { code, stdout } = await run(folder, "validate");
    expect(code).toBe(0);
    expect(stdout).toContain("compose.yaml:6:5: dropped: services.web.labels:");
    expect(stdout).toContain("2 services (db, web); web answers on port 8080.");
    expect(stdout).toContain("Nothing names the image of web");
    expect(stdout).toContain(".shadow-infra.yml is valid.");
  });

  test("tells every problem with its line, and ends with 2", async () => {
    const folder = folderWith({ ".github/.shadow-infra.yml": "version: 1\nhots: []\nsampling: { rate: 7 }\n" });
    const { code, stderr, stdout } = await run(folder, "validate");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^\.github\/\.shadow-infra\.yml:2:1: hots: .*"hosts"/);
    expect(stderr).toMatch(/\.github\/\.shadow-infra\.yml:3:\d+: sampling\.rate: /);
  });

  test("refuses a compose file that cannot be run, as JSON too", async () => {
    const folder = folderWith({ "compose.yaml": "services:\n  web:\n    image: nginx\n    privileged: true\n" });
    const { code, stdout } = await run(folder, "validate", "--format", "json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      compose: { kind: "refused", notes: [{ line: 4, key: "services.web.privileged", effect: "refused" }] },
    });
  });

  test.each([
    [["--config", "none.yml"], /There is no none\.yml \(--config names it\)/],
    [["--base", "no-such-branch"], /neither a file nor a revision/],
    [["--base=--upload-pack=x"], /neither a file nor a revision/],
  ])("what is asked for and is not there is wrong usage: %j", async (args, words) => {
    const { code, stderr } = await run(folderWith({}), "validate", ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});

test("the flag goes before the environment, and both before the folder", () => {
  const folder = folderWith({ ".shadow-infra.yml": CONFIG, "a.yml": "ttl: 1d", "b.yml": "ttl: 2d" });
  const env = { SHADOW_INFRA_CONFIG: "b.yml" };
  expect(loaded(loadFor({ config: "a.yml" }, env, folder))).toMatchObject({
    chosenBy: "--config",
    config: { ttl: "1d" },
  });
  expect(loaded(loadFor({}, env, folder))).toMatchObject({ chosenBy: "SHADOW_INFRA_CONFIG", config: { ttl: "2d" } });
  expect(loaded(loadFor({}, {}, folder))).toMatchObject({ chosenBy: "the folder", file: ".shadow-infra.yml" });
  expect(loaded(loadFor({}, {}, folderWith({})))).toMatchObject({ file: null, config: { ttl: "7d" }, problems: [] });
});

test("a base may be a revision of git", () => {
  const folder = folderWith({ ".shadow-infra.yml": "ttl: 1d\n" });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: folder });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "one");
  writeFileSync(join(folder, ".shadow-infra.yml"), "ttl: 30d\n");
  const { config, base, refused } = loaded(loadFor({ base: "HEAD" }, {}, folder));
  expect([config.ttl, base]).toEqual(["1d", "HEAD:.shadow-infra.yml"]);
  expect(refused).toMatchObject([{ file: ".shadow-infra.yml", line: 1, key: "ttl" }]);
});

test("settings of this machine name their variable, the old one too, and tell no secret", () => {
  const settings = settingsOf(
    { PROD_URL: "http://localhost:3000", ANTHROPIC_API_KEY: "not to be seen" },
    { "--config": "a.yml" },
  );
  expect(settings).toContainEqual({
    name: "SHADOW_INFRA_PROD_URL",
    value: "http://localhost:3000",
    from: "environment",
    by: "PROD_URL",
  });
  expect(settings).toContainEqual({ name: "SHADOW_INFRA_CONFIG", value: "a.yml", from: "flag", by: "--config" });
  expect(JSON.stringify(settings)).not.toContain("not to be seen");
});

describe("files of a folder", () => {
  test("are those inside it", async () => {
    const folder = folderWith({ "a/b.txt": "text", "a/c/d.txt": "", "bin.dat": "a\0b", ".git/config": "x" });
    symlinkSync("/etc/hostname", join(folder, "link"));
    symlinkSync("/etc", join(folder, "etc"));
    const read = filesIn(folder);
    expect(await read("a/b.txt")).toEqual({ kind: "file", text: "text" });
    expect(await read("a")).toEqual({ kind: "folder", paths: ["a/b.txt", "a/c/d.txt"] });
    expect(await read("bin.dat")).toEqual({ kind: "binary" });
    for (const path of ["none", "link", "etc/hostname", "../../etc/hostname", "a/../../x"])
      expect(await read(path)).toBeNull();
  });

  test("a compose file that lies below its folder is read from there", async () => {
    const folder = folderWith({ "deploy/c.yaml": COMPOSE, ".shadow-infra.yml": "compose: deploy/c.yaml\n" });
    const { config } = loaded(loadFor({}, {}, folder));
    expect(await composeReport(folder, config)).toMatchObject({ kind: "read", entry: { service: "web", port: 8080 } });
    expect(await composeReport(folder, config, "none.yaml")).toMatchObject({ kind: "missing" });
  });
});
