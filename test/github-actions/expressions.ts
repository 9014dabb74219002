/** Evaluates `${{ }}` as GitHub does: with its own lexer, parser and evaluator. Only the functions of a run (`always()` and its like) are here. */
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** Contexts by name, as plain JSON: `{ github: {…}, needs: {…} }`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How it went so far: of a job's needs, or of a job's earlier steps. Where a need was skipped, neither success() nor failure() holds. */
export type Status = "success" | "failure" | "skipped";

const STATUS_FUNCTIONS: Readonly<Record<string, (status: Status) => boolean>> = {
  always: () => true,
  success: (status) => status === "success",
  failure: (status) => status === "failure",
  cancelled: () => false,
};

/** Value of one expression without its braces, as plain JSON. */
function valueOf(expression: string, contexts: Contexts, status: Status): unknown {
  const functions = Object.entries(STATUS_FUNCTIONS).map(([name, isSo]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(isSo(status)),
  }));
  // The reviver makes GitHub's own kind of dictionary of what is an object.
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const value = new Evaluator(tree, context, new Map(functions.map((each) => [each.name, each]))).evaluate();
  return JSON.parse(JSON.stringify(value, data.replacer) ?? "null");
}

/** Text with its expressions replaced. */
export function interpolated(text: string, contexts: Contexts, status: Status = "success"): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_all, expression: string) => {
    const value = valueOf(expression.trim(), contexts, status);
    return value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
  });
}

/** Whether an `if:` holds. One that names no function of a run means `success() && (…)`, and so does none at all. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status === "success";
  const expression = condition.replace(/^\$\{\{(.*)\}\}$/s, "$1").trim();
  const asksForStatus = /\b(?:always|success|failure|cancelled)\s*\(/.test(expression);
  const value = valueOf(asksForStatus ? expression : `success() && (${expression})`, contexts, status);
  return value !== false && value !== null && value !== "" && value !== 0;
}
