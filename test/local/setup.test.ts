/** Set-up: done once, done again when a source changed, and not remembered when it failed. */
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Command, startProcess } from "../../infra/local/processes.ts";
import { hashOf, migrationsStep, pagesStep } from "../../infra/local/setup.ts";

const folder = mkdtempSync(join(tmpdir(), "setup-"));
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

function placeOf(name: string) {
  const stateDir = join(folder, name);
  for (const part of ["logs", "registry", "config"]) mkdirSync(join(stateDir, part), { recursive: true });
  return { stateDir, registryDir: join(stateDir, "registry") };
}

/** The step's own command, replaced by one that fails. */
const failing = (command: Command) =>
  startProcess({ ...command, program: process.execPath, args: ["-e", 'console.error("disk full"); process.exit(1)'] });

describe("the tables", () => {
  test("are made in the state folder; the next start skips it and says so", async () => {
    const at = placeOf("tables");
    const first = migrationsStep(at);
    expect(first.skipped).toBeUndefined();
    await first.run(startProcess);
    expect(globSync("store/**/*.sqlite", { cwd: at.stateDir }).length).toBeGreaterThan(0);
    expect(migrationsStep(at).skipped).toBe("applied already");
    expect(migrationsStep(placeOf("another folder")).skipped).toBeUndefined();
  });

  test("that could not be made are tried again", async () => {
    const at = placeOf("failed");
    await expect(migrationsStep(at).run(failing)).rejects.toThrow(
      /Applying the migrations ended with 1[\s\S]*disk full/,
    );
    expect(migrationsStep(at).skipped).toBeUndefined();
    expect(existsSync(join(at.stateDir, "migrations.stamp"))).toBe(false);
  });
});

test("pages whose build failed are not taken for built", async () => {
  const before = pagesStep(placeOf("pages")).skipped;
  await expect(pagesStep(placeOf("pages")).run(failing)).rejects.toThrow("Building the pages ended with 1");
  expect(pagesStep(placeOf("pages")).skipped).toBe(before);
});

describe("the hash of sources", () => {
  const root = join(folder, "sources");
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const hash = (): string => hashOf(root, ["pages/**/*.{ts,json}", "lock.json"]);
  write("pages/src/a.ts", "a");
  write("lock.json", "{}");
  const first = hash();

  test.each([
    ["dist", "pages/dist/a.ts"],
    ["installed packages", "pages/node_modules/x/a.ts"],
    ["the runtime's state", "pages/.wrangler/tmp/a.ts"],
    ["another kind of file", "pages/notes.md"],
  ])("takes no notice of %s", (_, file) => {
    write(file, "built");
    expect(hash()).toBe(first);
  });

  test("is another one after a change, a new file, and a new name", () => {
    write("pages/src/distance.ts", "");
    const added = hash();
    write("pages/src/a.ts", "b");
    const changed = hash();
    renameSync(join(root, "pages/src/a.ts"), join(root, "pages/src/b.ts"));
    expect(new Set([first, added, changed, hash()]).size).toBe(4);
  });
});
