/** What is kept compiled between two starts: used by the second, and never in the way. Small programs in a folder of their own, then the launcher. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "../layout/project-tree.ts";
import { ended } from "./hooks/checkout.ts";

/** Says at the end whether Node had to load its reader of types, which a start with nothing new does not need. */
const ASKS = `data:text/javascript,process.on("exit",()=>console.log("reads types:",process.moduleLoadList.some((name)=>name.includes("amaro"))))`;

let folder = "";
const kept = () => join(folder, "node_modules/.cache/compiled");
const program = (answer: string): void =>
  writeFileSync(join(folder, "main.ts"), `const answer: string = "${answer}";\nconsole.log(answer);\n`);
/** Without the folder that these tests themselves may run with, which a program takes before its own. */
const ON_ITS_OWN = { NODE_COMPILE_CACHE: undefined };
const started = () =>
  ended(process.execPath, ["--import", ASKS, join(folder, "bin.mjs")], { cwd: folder, env: ON_ITS_OWN });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shadow-infra-compiled-"));
  for (const file of ["node.mjs", "compiled.mjs"])
    cpSync(join(ROOT, "infra/local", file), join(folder, "infra/local", file));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const entry =
    'import { keepCompiled } from "./infra/local/compiled.mjs";\nkeepCompiled();\nawait import("./main.ts");\n';
  writeFileSync(join(folder, "bin.mjs"), entry);
  program("first");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the second start reads no types any more", async () => {
  expect((await started()).said).toBe("first\nreads types: true\n");
  expect((await started()).said).toBe("first\nreads types: false\n");
});

test("a newer version of a file counts at once, whatever was kept of the old one", async () => {
  await started();
  program("second");
  expect((await started()).said).toBe("second\nreads types: true\n");
  expect((await started()).said).toBe("second\nreads types: false\n");
});

test("some that start at once all say the same, and so does the next", async () => {
  const all = await Promise.all(Array.from({ length: 4 }, started));
  expect(all.map(({ code, said }) => [code, said.split("\n", 1)[0]])).toEqual(
    Array.from({ length: 4 }, () => [0, "first"]),
  );
  expect((await started()).said).toBe("first\nreads types: false\n");
});

test("where nothing can be kept it starts all the same", async () => {
  // A file stands where the folder would be: nobody can write there, not even who may write everywhere.
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules/.cache"), "");
  expect(await started()).toMatchObject({ code: 0, said: "first\nreads types: true\n" });
});

test("what was kept and is damaged is made anew", async () => {
  expect(await started()).toMatchObject({ code: 0, said: "first\nreads types: true\n" });
  const files = readdirSync(kept(), { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  expect(files.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files) writeFileSync(join(parentPath, name), "damaged");
  expect((await started()).said).toMatch(/^first\n/);
  expect((await started()).said).toBe("first\nreads types: false\n");
});

test("a hook runs in one process, and reads no types when it starts again", async () => {
  const hook = () =>
    ended(process.execPath, ["--import", ASKS, join(ROOT, "infra/hooks/run.mjs"), "governance", "--help"], {
      cwd: ROOT,
      env: ON_ITS_OWN,
    });
  await hook();
  const { code, said } = await hook();
  expect(code, said).toBe(0);
  expect(said).toContain("Usage: shadow-infra governance");
  expect(said.match(/reads types: \w+/g)).toEqual(["reads types: false"]);
});
