/** The operator's file: text -> YAML -> form, or every problem in words, with its line and what to do. Pure. */
import { type ConfigProblem, keyText, problemsOf } from "../../../core/config/problems.ts";
import { type KeyPath, type Position, readYaml } from "../../../core/config/yaml.ts";
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
    return {
      ok: false,
      problems: parsed.error.issues
        .flatMap((issue) => problemsOf(issue, source, OperatorFileSchema))
        .map((problem) => problemLine(name, problem)),
    };
  const problems = repeated(parsed.data).map(({ path, words }) =>
    told(name, source.positionOf(path), `${keyText(path)}: ${words}`),
  );
  return problems.length > 0 ? { ok: false, problems } : { ok: true, file: parsed.data, positionOf: source.positionOf };
}

function problemLine(name: string, { key, message, ...position }: ConfigProblem): string {
  const stop = /[.?]$/.test(message) ? "" : ".";
  return told(name, position, `${key === "" ? "" : `${key}: `}${message}${stop}`);
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

function told(name: string, { line, column }: Position, words: string): string {
  return `${name}:${line}:${column}: ${words}`;
}
