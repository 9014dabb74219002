/** `command` and `entrypoint`: a list of words, or one text that is split into words. */
import { isNull, type Node } from "./node.ts";
import { adjust, refuse } from "./reading.ts";
import { shellWords } from "./shell-words.ts";
import { at, type ServiceView, spotOf } from "./view.ts";

/** Null: not given, so the image's own. */
export function commandOf(view: ServiceView, key: "command" | "entrypoint"): readonly string[] | null {
  const node = at(view, key);
  if (node === undefined || isNull(node)) return null;
  return node.kind === "list" ? node.items.map(textIn) : splitOf(view, key, textIn(node));
}

function splitOf(view: ServiceView, key: string, text: string): readonly string[] {
  const split = shellWords(text);
  if (!split.ok) {
    const message = "A quote or a parenthesis does not close. Write the words as a list.";
    refuse(view.reading, spotOf(view, key), { code: "command", message });
    return [];
  }
  if (split.rest !== "")
    adjust(view.reading, spotOf(view, key), {
      code: "shell-operator",
      message: `Everything from "${split.rest.slice(0, 40)}" on is left out, as docker compose does: no shell reads this. Write ["sh", "-c", "..."].`,
    });
  return split.words;
}

function textIn(node: Node): string {
  return node.kind === "scalar" ? node.text : "";
}
