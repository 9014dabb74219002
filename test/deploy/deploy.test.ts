/** A deploy runs its steps in order, stops where it must, and says what to do. The dry run is the real one. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PROJECT_ROOT } from "../../cli/deploy/project.ts";
import { type Account, newAccount } from "./account.ts";

describe("a real deploy", () => {
  let account: Account;
  beforeEach(() => {
    account = newAccount();
  });
  afterEach(() => {
    account.remove();
  });
  const lines = (): readonly string[] => account.calls().map(({ args }) => args.join(" "));

  test("goes database, bucket, report, compare, tee, pages, each from its own file", async () => {
    await account.deploy();
    const first = account.calls().length;
    const { result } = await account.deploy();
    expect(result).toBe("passed");
    expect(lines().slice(first)).toEqual([
      "d1 migrations apply DB --remote --env production -c workers/report/wrangler.toml",
      "r2 bucket lifecycle list shadow-infra-bodies-production --env production -c wrangler.toml",
      "deploy --env production -c workers/report/wrangler.toml",
      "deploy --env production -c workers/compare/wrangler.toml",
      "deploy --env production -c wrangler.toml",
      "pages project list --json",
      "pages deploy --branch main --force",
      "pages project list --json",
    ]);
  });

  test("lets messages and dead letters in the bucket expire, once, beside the rules the operator has", async () => {
    await account.deploy({ environment: "staging" });
    const { said } = await account.deploy({ environment: "staging" });
    const bucket = "shadow-infra-bodies-staging";
    const rule = (name: string, prefix: string, days: number): string =>
      `r2 bucket lifecycle add ${bucket} ${name} ${prefix} --expire-days ${days} --force --env staging -c wrangler.toml`;
    expect(lines().filter((line) => line.includes("lifecycle add"))).toEqual([
      rule("shadow-infra-messages", "messages/", 14),
      rule("shadow-infra-dead-letters", "dead-letters/", 30),
    ]);
    expect(lines().filter((line) => line.includes(`lifecycle list ${bucket}`))).toHaveLength(2);
    expect(said).toContain("Set the bucket's lifecycle rules: done");
  });

  test("stops at a bucket that is not there before any Worker is deployed", async () => {
    account.refuse([{ call: "lifecycle list", text: "The specified bucket does not exist. [code: 10006]" }]);
    const { result, said } = await account.deploy();
    expect([result, lines().filter((line) => line.startsWith("deploy"))]).toEqual(["usage", []]);
    expect(said).toContain("npx wrangler r2 bucket create <bucket_name>");
  });

  test("builds everything before it changes anything", async () => {
    await account.deploy();
    const all = account.calls({ builds: true }).map(({ args }) => args.join(" "));
    const lastBuild = all.findLastIndex((line) => line.includes("--dry-run") || line.includes("functions build"));
    expect(all.findIndex((line) => line.startsWith("d1 "))).toBe(lastBuild + 1);
    expect(lastBuild).toBe(3);
  });

  test("of an environment that was never deployed sends the compare Worker before the report Worker, once", async () => {
    const { result, said } = await account.deploy({ environment: "staging" });
    expect(result).toBe("passed");
    expect(lines().filter((line) => line.startsWith("deploy"))).toEqual([
      "deploy --env staging -c workers/report/wrangler.toml",
      "deploy --env staging -c workers/compare/wrangler.toml",
      "deploy --env staging -c workers/report/wrangler.toml",
      "deploy --env staging -c wrangler.toml",
    ]);
    expect(said).toContain("first deploy: the compare Worker went before it");
  });

  test("gives staging a Pages project of its own, bound to staging's report Worker", async () => {
    await account.deploy({ environment: "staging" });
    const create = account.calls().find(({ args }) => args[2] === "create");
    expect(create?.args).toEqual([
      "pages",
      "project",
      "create",
      "shadow-infra-staging",
      "--production-branch",
      "main",
      "--force",
    ]);
    const pages = account.calls().find(({ args }) => args[1] === "deploy");
    expect(pages?.config).toContain('name = "shadow-infra-staging"');
    expect(pages?.config).toContain('service = "shadow-infra-report-staging"');
    expect(pages?.config).toContain('pages_build_output_dir = "dist"');
  });

  test("hands each Worker only the secrets it reads, and leaves none on disk", async () => {
    const secrets = { SHADOW_INFRA_REDACTION_KEY: "r", SHADOW_INFRA_SERVICE_TOKEN: "s", ANTHROPIC_API_KEY: "$HOME" };
    await account.deploy({ secrets });
    const given = (file: string): unknown => account.calls().findLast(({ args }) => args.at(4) === file)?.secrets;
    expect(given("workers/compare/wrangler.toml")).toEqual({ ANTHROPIC_API_KEY: "$HOME" });
    expect(given("workers/report/wrangler.toml")).toEqual({ SHADOW_INFRA_SERVICE_TOKEN: "s" });
    expect(given("wrangler.toml")).toEqual({ SHADOW_INFRA_REDACTION_KEY: "r" });
    const scratch = account.calls().findLast(({ args }) => args[0] === "pages")?.cwd ?? "";
    expect(scratch).toMatch(/pages$/);
    expect(existsSync(join(scratch, ".."))).toBe(false);
  });

  test("refuses a secret that no Worker reads, by name, before anything runs", async () => {
    const { result, said } = await account.deploy({ secrets: { SHADOW_INFRA_REDACTION: "x" } });
    expect([result, account.calls({ builds: true })]).toEqual(["usage", []]);
    expect(said).toContain("No Worker reads SHADOW_INFRA_REDACTION.");
  });

  test("stops before anything changes when wrangler warns", async () => {
    account.refuse([
      { call: "deploy --dry-run", warning: '"vars.A" exists at the top level, but not on "env.production".' },
    ]);
    const { result, said } = await account.deploy();
    expect([result, account.calls()]).toEqual(["usage", []]);
    expect(said).toContain('wrangler warns: "vars.A" exists at the top level');
  });

  test.each([
    {
      text: 'Queue "shadow-infra-pairs-production" does not exist. To create it, run: wrangler queues create shadow-infra-pairs-production',
      result: "usage",
      todo: "npx wrangler queues create shadow-infra-pairs-production",
    },
    {
      text: "R2 bucket 'shadow-infra-bodies-production' not found. [code: 10085]",
      result: "usage",
      todo: "npx wrangler r2 bucket create shadow-infra-bodies-production",
    },
    {
      text: "The following required secrets have not been set: SHADOW_INFRA_REDACTION_KEY\nThis Worker does not exist yet",
      result: "usage",
      todo: "These secrets are not set: SHADOW_INFRA_REDACTION_KEY.",
    },
    {
      text: "In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN environment variable",
      result: "undecided",
      todo: "npx wrangler login",
    },
    { text: "fetch failed", result: "undecided", todo: "Check the network" },
    { text: "Could not find zone for `shop.acme.dev`.", result: "usage", todo: "The zone of shop.acme.dev" },
    { text: "something new", result: "undecided", todo: "something new" },
  ])("ends with advice when wrangler says: $text", async ({ text, result, todo }) => {
    account.refuse([{ call: "deploy --env production -c wrangler.toml", text }]);
    const ended = await account.deploy();
    expect(ended.result).toBe(result);
    expect(ended.said).toContain(todo);
    expect(lines().some((line) => line.startsWith("pages deploy"))).toBe(false);
  });
});

test("a real deploy refuses every placeholder by name and calls nothing", async () => {
  const account = newAccount({ placeholders: true });
  const { result, said } = await account.deploy();
  expect([result, account.calls({ builds: true })]).toEqual(["usage", []]);
  for (const value of [
    "00000000-0000-0000-0000-000000000002",
    "shop.example.com/*",
    'zone_name of routes is "example.com"',
  ])
    expect(said).toContain(value);
  account.remove();
});

describe("the command", () => {
  /** Time for one real dry run on a busy machine. Milliseconds. */
  const DRY_RUN_TIMEOUT_MS = 120_000;

  test.each(["staging", "production"])(
    "dry-runs %s for real: everything builds without a warning, an account or a network",
    async (environment) => {
      const { code, output } = await command(["--env", environment, "--dry-run"]);
      expect(code, output).toBe(0);
      expect(output).toContain("[5/5] Build the pages' functions: done");
      expect(output).toContain("Nothing was deployed.");
      expect(output).toContain("a real deploy refuses it");
    },
    DRY_RUN_TIMEOUT_MS,
  );

  test(
    "leaves nothing behind when it is interrupted, and says so by exit code 130",
    async () => {
      const scratch = mkdtempSync(join(tmpdir(), "deploy-interrupted-"));
      const { code } = await command(["--env", "staging", "--dry-run"], { TMPDIR: scratch }, "[1/5]");
      expect(code).toBe(130);
      expect(readdirSync(scratch).filter((name) => name.startsWith("shadow-infra"))).toEqual([]);
      rmSync(scratch, { recursive: true, force: true });
    },
    DRY_RUN_TIMEOUT_MS,
  );

  test(
    "refuses placeholders, a missing and an unknown environment with exit code 2",
    async () => {
      const runs = await Promise.all([command(["--env", "staging"]), command([]), command(["--env", "prod"])]);
      expect(runs.map(({ code }) => code)).toEqual([2, 2, 2]);
      expect(runs[0]?.output).toContain("These values are placeholders");
    },
    DRY_RUN_TIMEOUT_MS,
  );
});

/** Runs the command as a user does; interrupts it as soon as it has printed `interruptAt`. */
function command(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  interruptAt?: string,
): Promise<{ readonly code: number; readonly output: string }> {
  // No account: with these gone a dry run that asked for one would fail.
  const { CLOUDFLARE_API_TOKEN: _, CLOUDFLARE_ACCOUNT_ID: __, ...env } = process.env;
  return new Promise((resolve) => {
    const argv = ["cli/bin.mjs", "deploy", ...args];
    const options = { cwd: PROJECT_ROOT, env: { ...env, ...settings } };
    const child = execFile(process.execPath, argv, options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
    child.stdout?.on("data", (text: string) => {
      if (interruptAt !== undefined && text.includes(interruptAt)) child.kill("SIGINT");
    });
  });
}
