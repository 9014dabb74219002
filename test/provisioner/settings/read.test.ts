/** The operator's settings: what is read from where, and that everything wrong is said at once, with what to do. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readSettings } from "../../../infra/provisioner/settings/read.ts";
import type { Environment } from "../../../infra/provisioner/settings/variables.ts";

const FILE = `
repositories:
  - id: 4711
    name: acme/shop
    hosts: [shop.example.com]
    secrets: [SHADOW_DB]
    drafts: true
    max_rps: 5
    image_check: images
  - id: 4712
    name: acme/search
registries: [ghcr.io/acme, docker.io/library]
limits: { memory: 2Gi, cpus: 2 }
pod_security: baseline
image_wait: 15m
cluster: { ingress_class: nginx, ingress_namespace: ingress-nginx }
`;

const ENV: Environment = {
  GITHUB_WEBHOOK_SECRET: "it is only a test",
  GITHUB_TOKEN: "a token",
  SHADOW_INFRA_REPORT_URL: "https://report.example.com/",
  SHADOW_INFRA_SERVICE_TOKEN: "another token",
  SHADOW_INFRA_SUFFIX: "Shadow.example.com",
  SHADOW_INFRA_GATEWAY_IMAGE: "ghcr.io/acme/provisioner:1",
  SHADOW_INFRA_SECRET_SHADOW_DB: "postgres://db",
};

function read(env: Environment = {}, file: string | null = FILE) {
  return readSettings({ ...ENV, ...env }, (path) => (path === "/etc/shadow-infra/operator.yaml" ? file : null));
}

function problemsOf(env: Environment = {}, file: string | null = FILE): readonly string[] {
  const settings = read(env, file);
  return settings.ok ? [] : settings.problems;
}

function settingsOf(env: Environment = {}) {
  const settings = read(env);
  if (!settings.ok) throw new Error(settings.problems.join("\n"));
  return settings.settings;
}

test("environment and file together are the settings", () => {
  const { operator, logLevel, account } = settingsOf();
  expect(operator).toMatchObject({
    host: "127.0.0.1",
    port: 8000,
    webhookSecrets: ["it is only a test"],
    github: { kind: "token", token: "a token", apiUrl: "https://api.github.com" },
    report: { origin: "https://report.example.com", serviceToken: "another token", headers: {} },
    pagesOrigin: null,
    suffix: "shadow.example.com",
    drivers: ["kubernetes"],
    registries: ["ghcr.io/acme", "docker.io/library"],
    limits: { cpus: 2, memoryBytes: 2 * 1024 ** 3, services: 20, podSecurity: "baseline" },
    imageWaitMs: 900_000,
    startLimitMs: 600_000,
    cluster: { namespace: null, reach: { kind: "ingress", className: "nginx" }, ingressNamespace: "ingress-nginx" },
  });
  expect(operator.repositories.get(4711)).toEqual({
    id: 4711,
    fullName: "acme/shop",
    hosts: ["shop.example.com"],
    secrets: { SHADOW_DB: "postgres://db" },
    drafts: true,
    maxRps: 5,
    imageCheck: "images",
    previewEnvironment: null,
    registries: null,
    egress: null,
    baseBranches: [],
    process: null,
  });
  expect(operator.repositories.get(4712)).toMatchObject({ hosts: [], drafts: false, maxRps: null });
  expect([logLevel, account]).toEqual(["info", null]);
});

test("every value that is secret is named, so that no log holds it", () => {
  const { secretValues } = settingsOf({ GITHUB_WEBHOOK_SECRET_PREVIOUS: "the one before" });
  expect(secretValues.toSorted()).toEqual(
    ["a token", "another token", "it is only a test", "postgres://db", "the one before"].toSorted(),
  );
});

test("names of the first version are read, and it is said", () => {
  const { operator, notices } = settingsOf({
    SHADOW_INFRA_REPORT_URL: "",
    COMPARISON_API_URL: "https://old.example.com",
    SHADOW_NAMESPACE: "shadows",
  });
  expect(operator.report.origin).toBe("https://old.example.com");
  expect(operator.cluster.namespace).toBe("shadows");
  expect(notices).toEqual([
    "COMPARISON_API_URL is read as SHADOW_INFRA_REPORT_URL, its name today.",
    "SHADOW_NAMESPACE is read as SHADOW_INFRA_NAMESPACE, its name today.",
  ]);
});

test("an App's key is read as PEM, with escaped line breaks, or in base64", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  for (const spelled of [pem, pem.replaceAll("\n", String.raw`\n`), Buffer.from(pem).toString("base64")]) {
    const { github } = settingsOf({ GITHUB_APP_ID: "12", GITHUB_APP_PRIVATE_KEY: spelled }).operator;
    expect(github).toMatchObject({ kind: "app", appId: "12", privateKey: pem.trim() });
  }
});

test("the pod's account comes from the manifests", () => {
  const env = { POD_NAMESPACE: "shadow-infra", POD_SERVICE_ACCOUNT: "provisioner" };
  expect(settingsOf(env).account).toEqual({ namespace: "shadow-infra", name: "provisioner" });
});

test("with nothing set, everything required is told at once", () => {
  const nothing = readSettings({}, () => null);
  const told = nothing.ok ? [] : nothing.problems.map((words) => words.split(" ", 8).join(" "));
  expect(told).toEqual([
    "There is no operator's file at /etc/shadow-infra/operator.yaml. It",
    "GITHUB_WEBHOOK_SECRET is not set. Without it nobody could",
    "Nothing says who we are at GitHub. Set",
    "SHADOW_INFRA_REPORT_URL is not set. It has to be",
    "SHADOW_INFRA_SERVICE_TOKEN is not set. It is what the",
  ]);
});

describe("what is wrong is said with what to do", () => {
  test.each([
    [{ GITHUB_WEBHOOK_SECRET: "short" }, /openssl rand/],
    [{ GITHUB_APP_ID: "12" }, /GITHUB_APP_ID is set without GITHUB_APP_PRIVATE_KEY/],
    [{ GITHUB_APP_ID: "12", GITHUB_APP_PRIVATE_KEY: "nonsense" }, /holds no private key.*\.pem/],
    [{ GITHUB_API_URL: "http://github.example.com/api/v3" }, /GITHUB_API_URL.*https/],
    [{ SHADOW_INFRA_REPORT_URL: "http://report.example.com" }, /SHADOW_INFRA_REPORT_URL.*https/],
    [{ SHADOW_INFRA_REPORT_HEADERS: "x: y" }, /no JSON object of headers/],
    [{ SHADOW_INFRA_SUFFIX: "vercel.app" }, /SHADOW_INFRA_SUFFIX.*yours alone/],
    [{ SHADOW_INFRA_SUFFIX: "" }, /SHADOW_INFRA_SUFFIX is not set/],
    [{ SHADOW_INFRA_GATEWAY_IMAGE: "" }, /SHADOW_INFRA_GATEWAY_IMAGE is not set/],
    [{ SHADOW_NAMESPACE: "Shadows!" }, /name of a namespace/],
    [{ SHADOW_INFRA_LISTEN: "8000" }, /SHADOW_INFRA_LISTEN.*0\.0\.0\.0:8000/],
    [{ SHADOW_INFRA_REGISTRY_CREDENTIALS: "me:secret" }, /docker's config\.json/],
    [{ SHADOW_INFRA_LOG_LEVEL: "loud" }, /debug, info, warn, error/],
    [{ SHADOW_INFRA_SECRET_SHADOW_DB: "" }, /SHADOW_INFRA_SECRET_SHADOW_DB is not set. acme\/shop/],
  ])("%o", (env, words) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(words)]);
  });

  test("a password in an address is not repeated", () => {
    const [words] = problemsOf({ SHADOW_INFRA_REPORT_URL: "https://me:hidden@report.example.com" });
    expect(words).not.toContain("hidden");
  });
});

test("http is fine on this machine", () => {
  expect(settingsOf({ SHADOW_INFRA_REPORT_URL: "http://127.0.0.1:8001" }).operator.report.origin).toBe(
    "http://127.0.0.1:8001",
  );
});
