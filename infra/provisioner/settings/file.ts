/** The operator's file: text -> YAML -> form, or every problem in words, with its line and what to do. Pure. */
import { z } from "zod";
import { nearest } from "../../../core/config/nearest.ts";
import { type KeyPath, type Position, readYaml, type YamlSource } from "../../../core/config/yaml.ts";
import { MAX_OPERATOR_FILE_CHARS, type OperatorFile, OperatorFileSchema } from "./file-schema.ts";

export type ReadFile =
  | { readonly ok: true; readonly file: OperatorFile; readonly positionOf: (path: KeyPath) => Position }
  /** `operator.yaml:3:5: repositories[0].hosts: …`. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** `name` is what the problems call the file. */
export function readOperatorFile(text: string, name: string): ReadFile {
  const read = readYaml(text, MAX_OPERATOR_FILE_CHARS);
  if (!read.ok) return { ok: false, problems: read.faults.map((fault) => told(name, fault, fault.message)) };
  const { source } = read;
  const parsed = OperatorFileSchema.safeParse(source.value ?? {});
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, source, name)) };
  const problems = repeated(parsed.data).map(({ path, words }) =>
    told(name, source.positionOf(path), `${keyText(path)}: ${words}`),
  );
  return problems.length > 0 ? { ok: false, problems } : { ok: true, file: parsed.data, positionOf: source.positionOf };
}

function problemsOf(issue: z.core.$ZodIssue, source: YamlSource, name: string): readonly string[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code !== "unrecognized_keys")
    return [told(name, source.positionOf(path), `${path.length === 0 ? "" : `${keyText(path)}: `}${issue.message}.`)];
  const known = keysAt(path);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    const advice = meant === null ? `Known here: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
    return told(name, source.positionOfKey(path, key), `Unknown key "${keyText([...path, key])}". ${advice}`);
  });
}

/** One host is one repository's: otherwise one could claim another's traffic. */
function repeated({ repositories, cluster }: OperatorFile): readonly { path: KeyPath; words: string }[] {
  const ids = new Map<number, string>();
  const hosts = new Map<string, string>();
  const found: { path: KeyPath; words: string }[] = [];
  for (const [n, { id, name, hosts: own }] of repositories.entries()) {
    const other = ids.get(id);
    if (other !== undefined)
      found.push({ path: ["repositories", n, "id"], words: `${id} is listed twice, see ${other}.` });
    ids.set(id, name);
    for (const [h, host] of own.entries()) {
      const owner = hosts.get(host);
      if (owner !== undefined)
        found.push({
          path: ["repositories", n, "hosts", h],
          words: `${host} is ${owner}'s already. A host's traffic belongs to one repository.`,
        });
      hosts.set(host, name);
    }
  }
  if (cluster.reach === "gateway" && cluster.gateway === undefined)
    found.push({ path: ["cluster", "reach"], words: "reach: gateway needs cluster.gateway with name and namespace." });
  return found;
}

/** The keys that may stand at a path of the file. */
function keysAt(path: KeyPath): readonly string[] {
  let schema: unknown = OperatorFileSchema;
  for (const step of path) {
    const inner = unwrapped(schema);
    if (typeof step === "number") schema = inner instanceof z.ZodArray ? inner.element : undefined;
    else schema = inner instanceof z.ZodObject ? inner.shape[step] : undefined;
  }
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** Defaults and optional keys wrap the schema that says the form. */
function unwrapped(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodOptional)
    inner = inner.unwrap();
  return inner;
}

/** `repositories[0].hosts`. */
function keyText(path: KeyPath): string {
  return path.map((step, n) => (typeof step === "number" ? `[${step}]` : n === 0 ? step : `.${step}`)).join("");
}

function told(name: string, { line, column }: Position, words: string): string {
  return `${name}:${line}:${column}: ${words}`;
}
