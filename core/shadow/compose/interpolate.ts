/**
 * `$A`, `${A}`, `${A:-x}`, `${A-x}`, `${A:?why}`, `${A?why}`, `${A:+x}`, `${A+x}`, nested, and `$$` for a dollar. Texts alone: no
 * command is ever run: `$(x)` stays the text that it is. Every character is read a bounded number of times.
 */

/** A variable's value; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

export type Interpolated =
  | { readonly ok: true; readonly text: string; readonly unset: readonly string[] }
  | { readonly ok: false; readonly fault: "invalid" | "required" | "too-long"; readonly detail: string };

/** Characters of a value after its variables are filled in. */
export const MAX_VALUE_CHARS = 64 * 1024;

/** `${A:-${B:-...}}`: levels one inside the other. */
const MAX_NESTING = 20;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:?[-+?]/y;

/** Fills in the variables of one text. */
export function interpolate(template: string, lookup: Lookup): Interpolated {
  if (!template.includes("$")) return { ok: true, text: template, unset: [] };
  const state: State = { lookup, unset: [], written: 0 };
  const filled = fill(template, state, 0);
  return filled.ok ? { ok: true, text: filled.text, unset: state.unset } : filled;
}

interface State {
  readonly lookup: Lookup;
  readonly unset: string[];
  /** Characters written at all levels: also bounds the work of values that name others. */
  written: number;
}

type Fault = Exclude<Interpolated, { readonly ok: true }>;
type Filled = { readonly ok: true; readonly text: string } | Fault;

function fill(template: string, state: State, level: number): Filled {
  if (level > MAX_NESTING) return { ok: false, fault: "invalid", detail: "its variables are nested too deeply" };
  let [out, at] = ["", 0];
  while (at < template.length) {
    const dollar = template.indexOf("$", at);
    const plain = template.slice(at, dollar === -1 ? undefined : dollar);
    const next = dollar === -1 ? { text: "", end: template.length } : variableAt({ template, dollar }, state, level);
    if ("ok" in next) return next;
    out += plain + next.text;
    state.written += plain.length + next.text.length;
    if (state.written > MAX_VALUE_CHARS * 2 || out.length > MAX_VALUE_CHARS)
      return { ok: false, fault: "too-long", detail: `it is longer than ${MAX_VALUE_CHARS} characters` };
    at = next.end;
  }
  return { ok: true, text: out };
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

interface Spot {
  readonly template: string;
  /** Where its dollar sign stands. */
  readonly dollar: number;
}

function variableAt({ template, dollar }: Spot, state: State, level: number): Piece | Fault {
  const after = template[dollar + 1];
  if (after === "$") return { text: "$", end: dollar + 2 };
  if (after === "{") return bracedAt({ template, dollar }, state, level);
  const name = matchAt(NAME, template, dollar + 1);
  // A dollar before anything else is itself.
  if (name === null) return { text: "$", end: dollar + 1 };
  return { text: plainValue(name, state), end: dollar + 1 + name.length };
}

function bracedAt({ template, dollar }: Spot, state: State, level: number): Piece | Fault {
  const close = closingBrace(template, dollar + 1);
  const name = matchAt(NAME, template, dollar + 2);
  if (close === -1 || name === null) return invalid(template, dollar);
  const start = dollar + 2 + name.length;
  if (start === close) return { text: plainValue(name, state), end: close + 1 };
  const operator = matchAt(OPERATOR, template, start);
  if (operator === null) return invalid(template, dollar);
  const filled = chosen({ name, operator, rest: template.slice(start + operator.length, close) }, state, level);
  return filled.ok ? { text: filled.text, end: close + 1 } : filled;
}

interface Choice {
  readonly name: string;
  readonly operator: string;
  readonly rest: string;
}

function chosen({ name, operator, rest }: Choice, state: State, level: number): Filled {
  const value = state.lookup(name);
  const there = operator.startsWith(":") ? value !== undefined && value !== "" : value !== undefined;
  const kind = operator.at(-1);
  if (kind === "+") return there ? fill(rest, state, level + 1) : { ok: true, text: value ?? "" };
  if (there) return { ok: true, text: value ?? "" };
  if (kind === "-") return fill(rest, state, level + 1);
  const why = fill(rest, state, level + 1);
  return { ok: false, fault: "required", detail: `${name}${why.ok && why.text !== "" ? `: ${why.text}` : ""}` };
}

function plainValue(name: string, state: State): string {
  const value = state.lookup(name);
  if (value === undefined) state.unset.push(name);
  return value ?? "";
}

/** Of the brace at `open`. Only `{` counts as opening, as docker compose counts. */
function closingBrace(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at += 1) {
    if (template[at] === "{") depth += 1;
    else if (template[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function matchAt(form: RegExp, text: string, at: number): string | null {
  form.lastIndex = at;
  return form.exec(text)?.[0] ?? null;
}

const SHOWN_CHARS = 60;

function invalid(template: string, at: number): Fault {
  return { ok: false, fault: "invalid", detail: `"${template.slice(at, at + SHOWN_CHARS)}" is no variable` };
}
