/**
 * What the layers test wants to know of one source file: what it imports, and where it asks the clock, chance or the platform.
 * Reads with a real parser, so that neither a comment nor a string is taken for an import.
 */
import { posix } from "node:path";
import { parseSync, Visitor } from "vite";

/** One file, read. */
export interface SourceFacts {
  /** Path from the root of the project. */
  readonly file: string;
  /** Targets of every kind of import, types and `import()` included: a path from the root, or a package specifier. */
  readonly imports: readonly string[];
  /** Expressions whose value is not decided by their arguments, as written: `Date.now`, `new Date()`, `console`. */
  readonly impure: readonly string[];
}

/** Globals that reach out of a pure function. Names that a file declares itself as a parameter are its own business, but core does not. */
const PLATFORM = new Set([
  "console",
  "process",
  "fetch",
  "performance",
  "crypto",
  "setTimeout",
  "setInterval",
  "globalThis",
]);

/** Reads one file. Throws when it does not parse. */
export function sourceFacts(file: string, text: string): SourceFacts {
  const { program, errors } = parseSync(file, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file} does not parse: ${error.message}`);
  const imports: string[] = [];
  const impure: string[] = [];
  new Visitor({
    ImportDeclaration: ({ source }) => void imports.push(source.value),
    ExportAllDeclaration: ({ source }) => void imports.push(source.value),
    ExportNamedDeclaration: ({ source }) => source !== null && void imports.push(source.value),
    ImportExpression: ({ source }) =>
      void imports.push(source.type === "Literal" ? String(source.value) : "an import whose target is computed"),
    TSImportType: ({ source }) => void imports.push(source.value),
    MemberExpression: ({ object, property }) => {
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      const name = `${object.name}.${property.name}`;
      if (["Date.now", "Math.random"].includes(name) || PLATFORM.has(object.name)) impure.push(name);
    },
    NewExpression: ({ callee, arguments: given }) => {
      if (callee.type === "Identifier" && callee.name === "Date" && given.length === 0) impure.push("new Date()");
    },
    CallExpression: ({ callee }) => {
      if (callee.type === "Identifier" && (callee.name === "Date" || PLATFORM.has(callee.name)))
        impure.push(`${callee.name}()`);
    },
  }).visit(program);
  return { file, imports: imports.map((specifier) => resolved(file, specifier)), impure };
}

function resolved(file: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(file), specifier)) : specifier;
}
