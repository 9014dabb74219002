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
  /** What is taken from it by name: `from core import wire` has `wire`, which may be a module below it. Empty where all of it is taken. */
  readonly names: readonly string[];
}

export interface CallFact extends Place {
  /**
   * The callee, imports resolved and `node:` taken off: `from joblib import load as l; l(x)` is `joblib.load`. As written where its first
   * name was not imported: `model.predict`; a method of an expression is `.predict`.
   */
  readonly callee: string;
  /** Whether its first name was imported in this file. */
  readonly imported: boolean;
  /** Name of the innermost named function around it; null at the top of the file. */
  readonly within: string | null;
  /** Index in `functions` of the innermost function around it, named or not; -1 at the top of the file. */
  readonly scope: number;
  /**
   * Values of its literal arguments in order, and names that were imported: `ssl.PROTOCOL_TLSv1`; null for every other kind. Keyword arguments
   * and the members of object literals follow as `name=value`, one for each item of a list.
   */
  readonly args: readonly (string | null)[];
}

export interface FunctionFact extends Place {
  /** With its class: `Scorer.score`; empty for a function without a name. */
  readonly name: string;
  readonly endLine: number;
  /** Index of the function around it, -1 where there is none. */
  readonly parent: number;
  /** What wraps it: its decorators, and the callees that it is handed to, imports resolved. */
  readonly wrappers: readonly string[];
}

/** A class, interface, type, model or schema: what has fields under a name. */
export interface TypeFact extends Place {
  readonly name: string;
  /** Names of its fields at every depth. */
  readonly fields: readonly string[];
  readonly uses: readonly TypeUse[];
}

/** Another type that a type is made of. */
export interface TypeUse {
  readonly name: string;
  /** The module that it was imported from, as written; null for one of this file, or of the language. */
  readonly from: string | null;
  /** It has all fields of this one: a base class, a spread, an intersection. False for one that is only the type of a field. */
  readonly isBase: boolean;
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
  readonly types: readonly TypeFact[];
  readonly fields: readonly FieldFact[];
  readonly strings: readonly StringFact[];
  /** The first place that could not be parsed; what was read around it still counts, and a rule says that it is not sure. */
  readonly unparsed: Place | null;
}
