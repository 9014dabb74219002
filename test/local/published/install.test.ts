/** A published version: installed once with npm itself, and a refusal told in npm's words. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { ChildFailed } from "../../../infra/local/processes.ts";
import { installPublished } from "../../../infra/local/published/install.ts";
import { listen } from "../../servers/http.ts";

const root = mkdtempSync(join(tmpdir(), "install-"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(root, { recursive: true }));

/** As npm would have left it. */
function installed(name: string, bin: unknown): void {
  const home = join(root, `${name}-1.0.0`, "node_modules", name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), JSON.stringify({ name, bin }));
}

test.each([
  ["one-command", "cli.js"],
  ["named-commands", { "named-commands": "cli.js", another: "other.js" }],
])("%s is not installed again, and its own command is found", async (name, bin) => {
  installed(name, bin);
  const entry = await installPublished(root, { name, version: "1.0.0" });
  expect(entry).toBe(join(root, `${name}-1.0.0`, "node_modules", name, "cli.js"));
});

test("a package without a command of its own name cannot be run", async () => {
  installed("no-command", undefined);
  await expect(installPublished(root, { name: "no-command", version: "1.0.0" })).rejects.toThrow("has no command");
});

test("a version that the registry does not have is a failure in npm's words", async () => {
  const registry = await listen((_, answer) => answer.writeHead(404).end("{}"));
  vi.stubEnv("npm_config_registry", registry.url);
  const failed = installPublished(root, { name: "absent-thing", version: "1.0.0" });
  await expect(failed).rejects.toThrow(/npm install .*absent-thing@1\.0\.0 failed: [\s\S]*404/);
  await expect(failed).rejects.toBeInstanceOf(ChildFailed);
  await registry.close();
});
