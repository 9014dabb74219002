/** The part of the settings that comes by environment: addresses, secrets, and what belongs to the process. */
import { readSuffix } from "../../../core/shadow/suffixes.ts";
import type { DriverName } from "../drivers/driver.ts";
import { LOG_LEVELS, type LogLevel } from "../log.ts";
import { githubSettings } from "./github-settings.ts";
import type { GitHubSettings, OperatorSettings } from "./operator.ts";
import type { Reading } from "./reading.ts";
import { urlOf } from "./urls.ts";

/** GitHub recommends a random string of high entropy; shorter ones can be tried out. */
const MIN_SECRET_CHARS = 16;

const LISTEN = /^(?:\[([0-9a-f:]+)\]|([\w.-]+)):(\d{1,5})$/;
const DEFAULT_LISTEN = "127.0.0.1:8000";
const HIGHEST_PORT = 65_535;

/** Kubernetes' form of a namespace (RFC 1123). */
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

export interface EnvironmentSettings
  extends Pick<OperatorSettings, "host" | "port" | "webhookSecrets" | "report" | "pagesOrigin" | "suffix"> {
  readonly github: GitHubSettings | null;
  readonly namespace: string | null;
  readonly gatewayImage: string;
  readonly logLevel: LogLevel;
}

/** `drivers` decide what is required. */
export function environmentSettings(reading: Reading, drivers: readonly DriverName[]): EnvironmentSettings {
  const inContainers = drivers.includes("kubernetes") || drivers.includes("docker");
  return {
    ...listenOf(reading),
    webhookSecrets: webhookSecretsOf(reading),
    github: githubSettings(reading),
    report: {
      origin: urlOf(reading, "SHADOW_INFRA_REPORT_URL") ?? "",
      serviceToken: requiredOf(reading, "SHADOW_INFRA_SERVICE_TOKEN", "It is what the report Worker lets us in with."),
      headers: headersOf(reading),
    },
    pagesOrigin: reading.get("SHADOW_INFRA_PAGES_URL") === undefined ? null : urlOf(reading, "SHADOW_INFRA_PAGES_URL"),
    suffix: suffixOf(reading, drivers.includes("kubernetes")),
    namespace: namespaceOf(reading),
    gatewayImage: inContainers
      ? requiredOf(
          reading,
          "SHADOW_INFRA_GATEWAY_IMAGE",
          "Every stack has a gateway; the provisioner's own image holds it.",
        )
      : (reading.get("SHADOW_INFRA_GATEWAY_IMAGE") ?? ""),
    logLevel: logLevelOf(reading),
  };
}

function requiredOf({ get, problem }: Reading, name: Parameters<Reading["get"]>[0], why: string): string {
  const value = get(name);
  if (value === undefined) problem(`${name} is not set. ${why}`);
  return value ?? "";
}

function listenOf({ get, problem }: Reading): Pick<OperatorSettings, "host" | "port"> {
  const text = get("SHADOW_INFRA_LISTEN") ?? DEFAULT_LISTEN;
  const [, v6, name, port] = LISTEN.exec(text) ?? [];
  const host = v6 ?? name;
  if (host !== undefined && Number(port) <= HIGHEST_PORT) return { host, port: Number(port) };
  problem(`SHADOW_INFRA_LISTEN is "${text}". It has to be an address and a port, such as 0.0.0.0:8000 or [::]:8000.`);
  return { host: "", port: 0 };
}

function webhookSecretsOf(reading: Reading): readonly string[] {
  const current = requiredOf(
    reading,
    "GITHUB_WEBHOOK_SECRET",
    "Without it nobody could tell GitHub's deliveries from others.",
  );
  const previous = reading.get("GITHUB_WEBHOOK_SECRET_PREVIOUS");
  if (current !== "" && current.length < MIN_SECRET_CHARS)
    reading.problem(
      `GITHUB_WEBHOOK_SECRET has ${current.length} characters and can be guessed. Make one with openssl rand -hex 32.`,
    );
  return [current, previous].flatMap((secret) => (secret === undefined || secret === "" ? [] : [secret]));
}

function headersOf({ get, problem }: Reading): Readonly<Record<string, string>> {
  const text = get("SHADOW_INFRA_REPORT_HEADERS");
  if (text === undefined) return {};
  const value = jsonOf(text);
  const isHeaders =
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, one]) => HEADER_NAME.test(name) && typeof one === "string");
  // Its form was just looked at.
  if (isHeaders) return value as Readonly<Record<string, string>>;
  problem('SHADOW_INFRA_REPORT_HEADERS is no JSON object of headers, such as {"cf-access-client-id": "…"}.');
  return {};
}

function suffixOf({ get, problem }: Reading, required: boolean): string {
  const text = get("SHADOW_INFRA_SUFFIX");
  if (text === undefined) {
    if (required)
      problem(
        "SHADOW_INFRA_SUFFIX is not set. Shadows answer at names under it, such as pr-12-k3f9.shadow.example.com for shadow.example.com.",
      );
    return "";
  }
  const read = readSuffix(text);
  if (read.ok) return read.value;
  problem(
    `SHADOW_INFRA_SUFFIX is "${text}". It has to be a name of at least two labels that is yours alone, such as shadow.example.com.`,
  );
  return "";
}

function namespaceOf({ get, problem }: Reading): string | null {
  const text = get("SHADOW_INFRA_NAMESPACE");
  if (text !== undefined && !NAMESPACE.test(text))
    problem(
      `SHADOW_INFRA_NAMESPACE is "${text}". It has to be the name of a namespace: lower-case letters, digits and -, 63 at most.`,
    );
  return text ?? null;
}

function logLevelOf({ get, problem }: Reading): LogLevel {
  const text = get("SHADOW_INFRA_LOG_LEVEL") ?? "info";
  const level = LOG_LEVELS.find((one) => one === text);
  if (level === undefined)
    problem(`SHADOW_INFRA_LOG_LEVEL is "${text}". It has to be one of ${LOG_LEVELS.join(", ")}.`);
  return level ?? "info";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
