/** One row of the table of keys. Apart, so that the tables and their readers need not import each other. */
import { isNull, type Node } from "./node.ts";
import { composeBoolean } from "./quantities.ts";

export interface Row {
  /** `services.*.volumes.[].bind`: `*` is a name, `[]` an item of a list. */
  readonly key: string;
  readonly effect: "translated" | "dropped" | "adjusted" | "refused";
  /** Of the note; rows of translated keys have none. */
  readonly code?: string;
  /** What becomes of it, or why it is not there. */
  readonly why: string;
  /** What to do instead; for refused keys. */
  readonly advice?: string;
  /** Each key inside has a row of its own. Otherwise this row speaks for all of them. */
  readonly inner?: true;
  /** Values for which nothing is said: they ask for what is the case anyway. */
  readonly unless?: (node: Node) => boolean;
}

/** Switched off, or empty. */
export function isFalse(node: Node): boolean {
  return isNull(node) || (node.kind === "scalar" && composeBoolean(node.text) === false);
}
