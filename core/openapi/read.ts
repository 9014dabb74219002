/**
 * An OpenAPI file as what comparing needs of it: route templates, and the schemas of its answers.
 * text -> YAML or JSON -> paths under their servers -> responses by route, status and media type -> schemas. Pure.
 */

import type { JsonSchema } from "../compare/settings.ts";
import type { OpenApiParts } from "../config/compare-settings.ts";
import { readYaml } from "../config/yaml.ts";
import { type Definitions, definitionsOf, resolved } from "./definitions.ts";
import { isNode, jsonSchemaOf, mapped, type Node } from "./json-schema.ts";

/** Characters of the file: the largest public ones have some millions, and then route templates are worth more than checks. */
export const MAX_OPENAPI_CHARS = 4_000_000;

/** What one row of the deployment may hold; a contract beyond it is left out and the templates stay. */
const MAX_CONTRACT_CHARS = 450_000;
const MAX_TEMPLATES = 5_000;
const MAX_TEMPLATE_CHARS = 300;
const MAX_SERVERS = 5;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

export interface OpenApiProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export type ReadOpenApi =
  | { readonly ok: true; readonly value: OpenApiParts; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reason: "unreadable-openapi"; readonly problems: readonly OpenApiProblem[] };

/** OpenAPI 3.0 and 3.1, Swagger 2.0. Warnings name what of the file is not checked. Never throws. */
export function readOpenApi(text: string): ReadOpenApi {
  const read = documentIn(text);
  if (!read.ok) return refused(read.problems);
  const { document } = read;
  const version = textOf(document.openapi ?? document.swagger);
  if (!/^(?:3\.[01]|2\.0)/.test(version))
    return refused([
      { line: 1, message: `It is not OpenAPI 3.0, 3.1 or Swagger 2.0 (openapi: "${version.slice(0, 20)}").` },
    ]);
  return { ok: true, ...partsOf(document) };
}

function refused(problems: readonly OpenApiProblem[]): ReadOpenApi {
  return { ok: false, reason: "unreadable-openapi", problems };
}

type ReadDocument =
  | { readonly ok: true; readonly document: Node }
  | { readonly ok: false; readonly problems: readonly OpenApiProblem[] };

function documentIn(text: string): ReadDocument {
  const value = text.length <= MAX_OPENAPI_CHARS ? jsonIn(text) : undefined;
  if (isNode(value)) return { ok: true, document: value };
  const yaml = readYaml(text, MAX_OPENAPI_CHARS);
  if (!yaml.ok) return { ok: false, problems: yaml.faults };
  if (isNode(yaml.source.value)) return { ok: true, document: yaml.source.value };
  return { ok: false, problems: [{ line: 1, message: "It is not an object with openapi, info and paths." }] };
}

/** JSON is YAML, and a hundred times faster read as JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function partsOf(document: Node): { readonly value: OpenApiParts; readonly warnings: readonly string[] } {
  const definitions = definitionsOf(document);
  const bases = basePaths(document);
  const paths = Object.entries(isNode(document.paths) ? document.paths : {}).filter(([path]) => path.startsWith("/"));
  const responses: [string, ReturnType<typeof responsesOf>][] = [];
  const templates = new Set<string>();
  for (const [path, value] of paths)
    for (const template of bases.map((base) => base + path)) {
      if (template.length > MAX_TEMPLATE_CHARS || templates.size >= MAX_TEMPLATES) continue;
      templates.add(template);
      for (const [method, operation] of operationsOf(resolved(document, value) ?? {}))
        responses.push([`${method} ${template}`, responsesOf(document, operation, definitions)]);
    }
  const contract = { responses: Object.fromEntries(responses), definitions: definitions.all() };
  const warnings = [...definitions.unresolved].map(
    (pointer) => `${pointer.slice(0, 200)} is not in this file and is not checked.`,
  );
  if (JSON.stringify(contract).length <= MAX_CONTRACT_CHARS)
    return { value: { templates: [...templates], contract }, warnings };
  const none = { responses: {}, definitions: {} };
  const tooLarge = `Its schemas take more than ${MAX_CONTRACT_CHARS} characters: routes are named by it, answers are not checked.`;
  return { value: { templates: [...templates], contract: none }, warnings: [...warnings, tooLarge] };
}

function operationsOf(item: Node): readonly (readonly [method: string, operation: Node])[] {
  return METHODS.flatMap((method) => {
    const operation = item[method];
    return isNode(operation) ? [[method.toUpperCase(), operation] as const] : [];
  });
}

/** Schemas of an operation by status and media type. */
function responsesOf(document: Node, operation: Node, { conversion }: Definitions) {
  const schemaOf = (value: unknown): JsonSchema => conversion.hoist(jsonSchemaOf(value, conversion));
  const ofResponse = (value: unknown): Readonly<Record<string, JsonSchema>> => {
    const response = resolved(document, value) ?? {};
    // Swagger 2 says the media types apart; the answer's own decides whether it is JSON.
    if (response.schema !== undefined) return { "*/*": schemaOf(response.schema) };
    const media = Object.entries(isNode(response.content) ? response.content : {});
    return Object.fromEntries(
      media.flatMap(([type, entry]) => {
        const schema = isNode(entry) && entry.schema !== undefined ? schemaOf(entry.schema) : true;
        return schema === true ? [] : [[type.toLowerCase().split(";", 1)[0]?.trim() ?? "", schema] as const];
      }),
    );
  };
  const byStatus = mapped(isNode(operation.responses) ? operation.responses : {}, ofResponse);
  return Object.fromEntries(Object.entries(byStatus).map(([status, value]) => [status.toUpperCase(), value]));
}

/** `/v1` of `https://api.example.com/v1`, variables by their defaults; the empty path where there is none. */
function basePaths(document: Node): readonly string[] {
  if (typeof document.basePath === "string") return [trimmed(document.basePath)];
  const servers = Array.isArray(document.servers) ? document.servers.filter(isNode) : [];
  const paths = servers.slice(0, MAX_SERVERS).map((server) => trimmed(withDefaults(server)));
  return paths.length === 0 ? [""] : [...new Set(paths)];
}

function withDefaults({ url, variables }: Node): string {
  return textOf(url).replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = isNode(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isNode(variable) ? textOf(variable.default) : whole;
  });
}

function trimmed(url: string): string {
  const path = url
    .replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*/i, "")
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "");
  return path === "" || path.startsWith("/") ? path : `/${path}`;
}

/** YAML reads 2.0 as a number. */
function textOf(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? `${value}.0` : `${value}`;
  return typeof value === "string" ? value : "";
}
