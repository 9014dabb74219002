/** The commands of a start: the real wrangler files, this machine only, nothing of the user's account. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Command } from "../../infra/local/processes.ts";
import {
  buildPagesCommand,
  filesInTheWay,
  migrationsCommand,
  pagesCommand,
  reportPortCommand,
  storeOf,
  workersCommand,
} from "../../infra/local/wrangler.ts";

const AT = { stateDir: "/state", registryDir: "/state/registry", port: 4001, inspectorPort: 4002 };
const LISTENING: readonly Command[] = [workersCommand(AT, {}), reportPortCommand(AT), pagesCommand(AT)];
afterEach(() => vi.unstubAllEnvs());

/** The value after each occurrence of a flag. */
const valuesOf = ({ args }: Command, flag: string): readonly (string | undefined)[] =>
  args.flatMap((arg, i) => (arg === flag ? [args[i + 1]] : []));

describe.each(LISTENING.map((command) => [command.title, command] as const))("%s", (_, command) => {
  test("listens on this machine alone, on the ports it is given", () => {
    expect(valuesOf(command, "--ip")).toEqual(["127.0.0.1"]);
    expect(valuesOf(command, "--port")).toEqual(["4001"]);
    expect(valuesOf(command, "--inspector-port")).toEqual(["4002"]);
  });

  test("runs an existing program on existing files and finds the other processes", () => {
    expect(existsSync(command.args[1] ?? "")).toBe(true);
    for (const file of valuesOf(command, "-c")) expect(existsSync(join(command.cwd, file ?? ""))).toBe(true);
    expect(command.env["WRANGLER_REGISTRY_PATH"]).toBe("/state/registry");
    expect(command.logFile).toMatch(/^\/state\/logs\/[\w-]+\.log$/);
  });
});

test("the Workers have the store that the migrations prepared, and no other process opens it", () => {
  const stores = [...LISTENING, migrationsCommand(AT)].map((command) => valuesOf(command, "--persist-to"));
  expect(stores[0]).toEqual([storeOf(AT)]);
  expect(stores[3]).toEqual([storeOf(AT)]);
  expect(new Set(stores.flat()).size).toBe(3);
});

test("each process has a log of its own", () => {
  const all = [...LISTENING, migrationsCommand(AT), buildPagesCommand(AT)];
  expect(new Set(all.map((command) => command.logFile)).size).toBe(all.length);
});

test("the Workers get their variables, and wrangler nothing of the user's account", () => {
  vi.stubEnv("CLOUDFLARE_ACCOUNT_ID", "of the user");
  vi.stubEnv("SOME_TOKEN", "of the user");
  const { env } = workersCommand(AT, { SHADOW_INFRA_MODE: "local" });
  expect(env).toMatchObject({
    SHADOW_INFRA_MODE: "local",
    CLOUDFLARE_INCLUDE_PROCESS_ENV: "true",
    PATH: process.env["PATH"],
  });
  expect(Object.values(env)).not.toContain("of the user");
  expect(migrationsCommand(AT).env["SHADOW_INFRA_MODE"]).toBeUndefined();
});

test("wrangler keeps no traces of requests: their addresses may carry secrets", () => {
  expect(workersCommand(AT, {}).env["X_LOCAL_OBSERVABILITY"]).toBe("false");
});

test("variables travel by the environment: a command line is there for everybody to read", () => {
  const { args } = workersCommand(AT, { SHADOW_INFRA_SERVICE_TOKEN: "of this test" });
  expect(args.join(" ")).not.toContain("of this test");
});

test("files that would replace what a start passes are found, others not", () => {
  const root = mkdtempSync(join(tmpdir(), "wrangler-"));
  mkdirSync(join(root, "workers/compare"), { recursive: true });
  writeFileSync(join(root, ".dev.vars"), "");
  expect(filesInTheWay(root)).toEqual([]);
  writeFileSync(join(root, "workers/compare/.dev.vars"), "");
  expect(filesInTheWay(root)).toEqual([join("workers/compare", ".dev.vars")]);
  rmSync(root, { recursive: true });
});
