/** The contract as others read it: the OpenAPI document, the page, and the metrics. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS } from "../../../core/wire/api/contract.ts";
import type { Operation } from "../../../core/wire/api/operation.ts";
import { PROBLEMS } from "../../../core/wire/problem.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { ambiguous, DEPLOYMENT_ID, seedDecision, seedDeployment, seedDrift, seedPair } from "./seed.ts";

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker();
  await seedDeployment(report.env);
  await seedPair(report.env, { id: "p1" });
  await seedPair(report.env, { id: "p2", verdict: "Warning", entries: [ambiguous("one")] });
  await seedDrift(report.env, ambiguous("one"));
  await seedDecision(report.env, "one", { verdict: "Critical", input_tokens: 5, cache_read_tokens: 3000 });
});
afterAll(() => report.close());

interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, { readonly description?: string }>>;
  readonly security: readonly Readonly<Record<string, unknown>>[];
}

describe("the OpenAPI document", async () => {
  let document: OpenApi;
  let operations: readonly (readonly [path: string, operation: OpenApiOperation])[];

  beforeAll(async () => {
    // Its form is what these tests are about.
    document = (await (await report.fetch("/openapi.json")).json()) as OpenApi;
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.values(item).map((operation) => [path, operation] as const),
    );
  });

  test("is of version 3.1 and names every operation once", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info.title).not.toBe("");
    expect(operations.map(([, { operationId }]) => operationId).toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
  });

  test("declares every parameter of a path, and requires it", () => {
    for (const [path, { parameters = [] }] of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === "path" && parameter.required === true);
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      expect(inPath.map(({ name }) => name)).toEqual(named);
    }
  });

  test("describes every answer, and errors as problem documents", () => {
    for (const [, { responses }] of operations)
      for (const [status, response] of Object.entries(responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(response.description).not.toBe("");
        if (Number(status) >= 400) expect(JSON.stringify(response)).toContain("application/problem+json");
      }
  });

  test("refers only to what it contains", () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g);
    for (const [, kind = "", name = ""] of references) expect(document.components[kind]).toHaveProperty(name);
    const all = JSON.stringify(document).split('"$ref"').length - 1;
    expect(all).toBe(JSON.stringify(document).split('"$ref":"#/components/').length - 1);
    for (const [, { security }] of operations)
      for (const scheme of security.flatMap(Object.keys))
        expect(document.components["securitySchemes"]).toHaveProperty(scheme);
  });
});

describe("the page", () => {
  test("has every operation and every error, each under its own anchor", async () => {
    const html = await (await report.fetch("/docs")).text();
    for (const [id, { path }] of Object.entries<Operation>(OPERATIONS)) {
      expect(html).toContain(`<h2 id="${id}">`);
      expect(html).toContain(path);
    }
    for (const code of Object.keys(PROBLEMS)) expect(html).toContain(`<tr id="${code}">`);
    const targets = Array.from(html.matchAll(/href="#([\w-]+)"/g), ([, id]) => id);
    for (const id of targets) expect(html).toContain(`id="${id}"`);
  });

  test("has the fields of every body and every answer, also inside objects", async () => {
    const html = await (await report.fetch("/docs")).text();
    for (const field of [
      "nextCursor",
      "items[].shadowOrigin",
      "items[].pull.number",
      "pair_id",
      "exchange",
      "expiresAt",
    ])
      expect(html).toContain(`<code>${field}</code>`);
    expect(html).toMatch(/<code>items\[\]\.closedAt<\/code><\/td><td>string or null</);
    const json = Object.values<Operation>(OPERATIONS)
      .flatMap(({ answers }) => Object.values(answers))
      .filter((a) => a.schema);
    expect(html.match(/<h3>Answer [^<]*<\/h3>\s*<table>/g)).toHaveLength(json.length);
  });

  test("takes nothing from elsewhere and runs no script", async () => {
    const response = await report.fetch("/docs");
    const html = await response.text();
    expect(html).not.toMatch(/<script|src=|https?:\/\//);
    const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? "";
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString("base64");
    expect(response.headers.get("content-security-policy")).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  });
});

describe("the metrics", () => {
  test("are sums from the database in Prometheus' text format", async () => {
    const response = await report.fetch("/metrics");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = (await response.text()).split("\n");
    for (const line of lines)
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? \d+|)$/);
    expect(lines).toContain('shadow_infra_deployments{state="ready"} 1');
    expect(lines).toContain('shadow_infra_deployments{state="failed"} 0');
    expect(lines).toContain(`shadow_infra_pairs{deployment="${DEPLOYMENT_ID}",verdict="Safe"} 1`);
    expect(lines).toContain(`shadow_infra_pairs{deployment="${DEPLOYMENT_ID}",verdict="Critical"} 1`);
    expect(lines).toContain(`shadow_infra_drifts{deployment="${DEPLOYMENT_ID}"} 1`);
    expect(lines).toContain('shadow_infra_model_tokens_total{kind="cache_read"} 3000');
  });
});
