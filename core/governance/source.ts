/**
 * What a source file says, as facts: its imports, calls, names and literal values with their places. Made from a real syntax tree by whoever
 * has a parser, so that comments and strings are never taken for code. Rules on code read this and nothing else.
 */

/** Both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ImportFact extends Place {
  /** As written: `torch.nn`, `@aws-sdk/client-s3`, `../model.ts`. */
  readonly module: string;
  /** Erased before it runs: TypeScript's `import type`, Python's under `if TYPE_CHECKING:`. */
  readonly typeOnly: boolean;
  /** `import()`, `require()`, `importlib.import_module()` of a literal. */
  readonly dynamic: boolean;
}

export interface CallFact extends Place {
  /** The callee, imports resolved: `from joblib import load as l; l(x)` is `joblib.load`; a method of an unknown value is `.predict`. */
  readonly callee: string;
  /** Name of the innermost named function around it; null at the top of the file. */
  readonly within: string | null;
  /** Values of its literal arguments in order; null for every other kind. Keyword arguments follow as `name=value`. */
  readonly args: readonly (string | null)[];
}

export interface FunctionFact extends Place {
  readonly name: string;
  readonly endLine: number;
}

/** A name that a value is stored under: keys of object and dict literals, fields of classes, interfaces and models. */
export interface FieldFact extends Place {
  readonly name: string;
  /** Name of the innermost class, interface, type, variable or function that holds it; null where none does. */
  readonly owner: string | null;
}

export interface StringFact extends Place {
  readonly value: string;
}

export interface SourceFacts {
  readonly language: "typescript" | "javascript" | "python";
  readonly imports: readonly ImportFact[];
  readonly calls: readonly CallFact[];
  readonly functions: readonly FunctionFact[];
  readonly fields: readonly FieldFact[];
  readonly strings: readonly StringFact[];
  /** The first place that could not be parsed; what was read around it still counts, and a rule says that it is not sure. */
  readonly unparsed: Place | null;
}
