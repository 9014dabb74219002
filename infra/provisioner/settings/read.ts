/**
 * The operator's settings out of environment and file, or every problem at once: what it is, why it matters, what to do. Reads no
 * process and no disk: both are handed in.
 */
import { readRegistryCredentials } from "../images/credentials.ts";
import type { LogLevel } from "../log.ts";
import { environmentSettings } from "./environment-settings.ts";
import { readOperatorFile } from "./file.ts";
import type { OperatorFile } from "./file-schema.ts";
import { clusterSettings, fileSettings } from "./file-settings.ts";
import type { OperatorSettings } from "./operator.ts";
import type { Reading } from "./reading.ts";
import { type Environment, type ProvisionerVariable, readVariable, SECRET_PREFIX, VARIABLES } from "./variables.ts";

export const DEFAULT_OPERATOR_FILE = "/etc/shadow-infra/operator.yaml";

export interface ProvisionerSettings {
  readonly operator: OperatorSettings;
  readonly logLevel: LogLevel;
  /** Values that may be written nowhere. */
  readonly secretValues: readonly string[];
  /** docker's `config.json`, for registries; null: nobody. */
  readonly registryCredentials: string | null;
  /** For the driver docker: whether stacks with `stack.egress` are let out at all. */
  readonly dockerEgress: "closed" | "open";
  /** The account that lets itself into each namespace it makes; null: the one that asks has its rights already. */
  readonly account: { readonly name: string; readonly namespace: string } | null;
  /** Variables that are read under their old names, in words. */
  readonly notices: readonly string[];
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: ProvisionerSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** `textOf` reads a file; null where there is none. */
export function readSettings(env: Environment, textOf: (path: string) => string | null): ReadSettings {
  const problems: string[] = [];
  const reading: Reading = {
    env,
    get: (name) => readVariable(env, name),
    problem: (words) => void problems.push(words),
  };
  const file = fileOf(reading, textOf);
  const plain = environmentSettings(reading, file?.drivers ?? []);
  if (file === null || plain.github === null) return { ok: false, problems };
  const read = ofProcess(reading);
  const { namespace, gatewayImage, logLevel, github, ...rest } = plain;
  if (read.registryCredentials !== null && readRegistryCredentials(read.registryCredentials) === null)
    problems.push(NO_CREDENTIALS);
  const cluster = clusterSettings(file, { namespace, gatewayImage });
  const operator = { ...rest, github, ...fileSettings(file, reading), cluster };
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, settings: { operator, logLevel, dockerEgress: file.docker.egress, ...read } };
}

const NO_CREDENTIALS =
  'SHADOW_INFRA_REGISTRY_CREDENTIALS is not in the form of docker\'s config.json: {"auths": {"ghcr.io": {"auth": "…"}}}.';

function fileOf({ get, problem }: Reading, textOf: (path: string) => string | null): OperatorFile | null {
  const path = get("SHADOW_INFRA_OPERATOR_FILE") ?? DEFAULT_OPERATOR_FILE;
  const text = textOf(path);
  if (text === null) {
    problem(
      `There is no operator's file at ${path}. It lists the repositories. SHADOW_INFRA_OPERATOR_FILE names another place.`,
    );
    return null;
  }
  const read = readOperatorFile(text, path);
  if (read.ok) return read.file;
  for (const words of read.problems) problem(words);
  return null;
}

function ofProcess({ env, get }: Reading): Omit<ProvisionerSettings, "operator" | "logLevel" | "dockerEgress"> {
  const [name, namespace] = [get("POD_SERVICE_ACCOUNT"), get("POD_NAMESPACE")];
  return {
    secretValues: secretValues(env),
    registryCredentials: get("SHADOW_INFRA_REGISTRY_CREDENTIALS") ?? null,
    account: name === undefined || namespace === undefined ? null : { name, namespace },
    notices: noticesOf(env),
  };
}

function secretValues(env: Environment): readonly string[] {
  const rows: readonly ProvisionerVariable[] = VARIABLES;
  const names = new Set(rows.filter(({ secret }) => secret === true).map(({ name }) => name));
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value !== "" && (names.has(name) || name.startsWith(SECRET_PREFIX)) ? [value] : [],
  );
}

function noticesOf(env: Environment): readonly string[] {
  const rows: readonly ProvisionerVariable[] = VARIABLES;
  return rows
    .filter(({ name, oldName }) => oldName !== undefined && env[oldName] && !env[name])
    .map(({ name, oldName }) => `${oldName} is read as ${name}, its name today.`);
}
