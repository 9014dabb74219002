/** What programs print is kept, and wrangler's marks are read as wrangler really writes them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { outcomeOf, PROJECT_PROGRAMS, run } from "../../cli/deploy/run.ts";

/** Time for one start of wrangler on a busy machine. Milliseconds. */
const WRANGLER_TIMEOUT_MS = 60_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "deploy-run-"));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe("the marks of an output", () => {
  const ESCAPE = String.fromCodePoint(27);
  const output = [
    `${ESCAPE}[33m▲ ${ESCAPE}[43;33m[${ESCAPE}[43;30mWARNING${ESCAPE}[43;33m]${ESCAPE}[0m ${ESCAPE}[1mProcessing wrangler.toml configuration:${ESCAPE}[0m`,
    "",
    '    - "vars.A" exists at the top level, but not on "env.staging.vars".',
    "      This is not what you probably want.",
    "",
    "Total Upload: 0.31 KiB / gzip: 0.23 KiB",
    "✘ [ERROR] A request failed.",
    "",
    "  Authentication error [code: 10000]",
    "",
  ].join("\n");

  test("give each warning and error with the lines that belong to it", () => {
    expect(outcomeOf(1, output)).toMatchObject({
      code: 1,
      warnings: [
        'Processing wrangler.toml configuration: - "vars.A" exists at the top level, but not on "env.staging.vars". This is not what you probably want.',
      ],
      errors: ["A request failed. Authentication error [code: 10000]"],
    });
  });

  test("are not seen where there are none", () => {
    expect(outcomeOf(0, "Total Upload: 1 KiB\n[WARNING] not wrangler's\n")).toMatchObject({ warnings: [], errors: [] });
  });
});

describe("the real wrangler", () => {
  test(
    "warns about a binding that an environment lacks, and the warning is seen",
    async () => {
      const config = `name = "w"\nmain = "w.js"\ncompatibility_date = "2026-11-01"\n[vars]\nA = "1"\n[env.staging]\n`;
      writeFileSync(join(folder, "wrangler.toml"), config);
      writeFileSync(join(folder, "w.js"), "export default { fetch: () => new Response() };");
      const args = ["deploy", "--dry-run", "--env", "staging", "-c", "wrangler.toml", "--outdir", "out"];
      const { code, warnings, errors } = await run(PROJECT_PROGRAMS.wrangler, args, folder);
      expect([code, errors]).toEqual([0, []]);
      expect(warnings).toEqual([expect.stringContaining('"vars" exists at the top level')]);
    },
    WRANGLER_TIMEOUT_MS,
  );

  test(
    "is not stopped by the outbox that environments lack on purpose, but by any other binding beside it",
    async () => {
      const binding = (name: string): string => `[[durable_objects.bindings]]\nname = "${name}"\nclass_name = "C"\n`;
      const head = `name = "w"\nmain = "w.js"\ncompatibility_date = "2026-11-01"\n`;
      const migrations = `[[migrations]]\ntag = "v1"\nnew_sqlite_classes = ["C"]\n`;
      const environment = `[env.staging.durable_objects]\nbindings = []\n`;
      const worker = `import { DurableObject } from "cloudflare:workers"; export class C extends DurableObject {}; export default {}`;
      writeFileSync(join(folder, "w.js"), worker);
      const warningsWith = async (names: readonly string[]): Promise<readonly string[]> => {
        writeFileSync(join(folder, "wrangler.toml"), head + migrations + names.map(binding).join("") + environment);
        const args = ["deploy", "--dry-run", "--env", "staging", "-c", "wrangler.toml", "--outdir", "out"];
        return (await run(PROJECT_PROGRAMS.wrangler, args, folder)).warnings;
      };
      expect(await warningsWith(["OUTBOX"])).toEqual([]);
      expect(await warningsWith(["OUTBOX", "OTHER"])).toEqual([expect.stringContaining("OTHER")]);
      expect(await warningsWith(["OTHER"])).toEqual([expect.stringContaining("OTHER")]);
    },
    WRANGLER_TIMEOUT_MS,
  );

  test(
    "says that it needs an account in words that are known",
    async () => {
      // Nobody is signed in here, whoever runs this test.
      vi.stubEnv("CLOUDFLARE_API_TOKEN", undefined);
      for (const home of ["HOME", "USERPROFILE", "XDG_CONFIG_HOME", "WRANGLER_HOME"]) vi.stubEnv(home, folder);
      const { code, errors } = await run(PROJECT_PROGRAMS.wrangler, ["pages", "project", "list", "--json"], folder);
      expect(code).not.toBe(0);
      expect(errors.join()).toContain("CLOUDFLARE_API_TOKEN");
    },
    WRANGLER_TIMEOUT_MS,
  );
});

test("a program that does not exist is an outcome and no exception", async () => {
  const { code, output } = await run([join(folder, "nothing")], [], folder);
  expect(code).toBe(-1);
  expect(output).toContain("could not be started");
});
