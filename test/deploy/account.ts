/**
 * A copy of the project's wrangler files with an operator's own values, a stand-in account to deploy it to, and what was called.
 * Apart from the test, so that the test reads as sentences.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type DeployOptions, deploy } from "../../cli/deploy/deploy.ts";
import { PROJECT_ROOT } from "../../cli/deploy/project.ts";

const STAND_IN = fileURLToPath(new URL("./account-stand-in.mjs", import.meta.url));
const FILES = ["wrangler.toml", "workers/report/wrangler.toml", "workers/compare/wrangler.toml", "pages/wrangler.toml"];

const CallSchema = z.object({
  args: z.array(z.string()),
  cwd: z.string(),
  config: z.string().optional(),
  secrets: z.record(z.string(), z.string()).optional(),
});

/** One call of wrangler, as the stand-in wrote it down. */
export type Call = z.infer<typeof CallSchema>;

/** What the account answers to a call whose arguments contain `call`: an error text, or a warning before it goes on. */
export interface Refusal {
  readonly call: string;
  readonly text?: string;
  readonly warning?: string;
}

/** What a test does with an account. */
export interface Account {
  readonly deploy: (options?: Partial<DeployOptions>) => Promise<{ readonly result: string; readonly said: string }>;
  /** All calls in order, builds left out unless asked for. */
  readonly calls: (options?: { readonly builds: boolean }) => readonly Call[];
  readonly refuse: (refusals: readonly Refusal[]) => void;
  readonly remove: () => void;
}

/** A fresh account and project. Values of the project are real unless `placeholders` is set. */
export function newAccount({ placeholders = false } = {}): Account {
  const root = mkdtempSync(join(tmpdir(), "deploy-project-"));
  const folder = mkdtempSync(join(tmpdir(), "deploy-account-"));
  for (const file of FILES) copyConfig(file, root, placeholders);
  const log = join(folder, "calls.jsonl");
  return {
    deploy: async (options = {}) => {
      const lines: string[] = [];
      const result = await deploy({ ...defaults(root, folder), say: (line) => lines.push(line), ...options });
      return { result, said: lines.join("\n") };
    },
    calls: ({ builds } = { builds: false }) =>
      (existsSync(log) ? readFileSync(log, "utf8") : "")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => CallSchema.parse(JSON.parse(line)))
        .filter(({ args }) => builds || !(args.includes("--dry-run") || args.includes("functions"))),
    refuse: (refusals) => writeFileSync(join(folder, "refusals.json"), JSON.stringify(refusals)),
    remove: () => [root, folder].forEach((each) => rmSync(each, { recursive: true, force: true })),
  };
}

function defaults(root: string, folder: string): Omit<DeployOptions, "say"> {
  return {
    root,
    environment: "production",
    dryRun: false,
    secrets: {},
    // The pages' build is no business of this test: anything that ends well will do.
    programs: { wrangler: [process.execPath, STAND_IN, folder], vite: [process.execPath, "-e", FAKE_BUILD] },
  };
}

const FAKE_BUILD = `require("node:fs").mkdirSync(process.argv[process.argv.indexOf("--outDir") + 1], { recursive: true })`;

function copyConfig(file: string, root: string, placeholders: boolean): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  if (placeholders) return cpSync(join(PROJECT_ROOT, file), join(root, file));
  const text = readFileSync(join(PROJECT_ROOT, file), "utf8")
    .replaceAll("00000000-0000-0000-0000-00000000000", "5f0c6d2e-1b7a-4c39-9d84-2ab6e1f0370")
    .replaceAll("example.com", "acme.dev");
  return writeFileSync(join(root, file), text);
}
