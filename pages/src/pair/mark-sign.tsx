/** The sign in front of a line that differs: a glyph for the eye, words for readers of speech. */
import type { Mark } from "./align/row.ts";
import type { Tag } from "./tags.ts";

const SIGNS: Readonly<Record<Mark, { readonly glyph: string; readonly words: string }>> = {
  same: { glyph: "", words: "" },
  missing: { glyph: "−", words: "missing in the shadow" },
  extra: { glyph: "+", words: "only in the shadow" },
  changed: { glyph: "≠", words: "changed" },
  type: { glyph: "≠", words: "changed type" },
  order: { glyph: "↕", words: "other order" },
};

export interface MarkSignProps {
  readonly mark: Mark;
  readonly tag: Tag | undefined;
}

export function MarkSign({ mark, tag }: MarkSignProps) {
  if (mark === "same") return null;
  const { glyph, words } = SIGNS[mark];
  const said = tag === undefined ? words : `${words}, ${tag.tone === "noise" ? "noise" : tag.tone}: ${tag.rule}`;
  return (
    <span title={said}>
      <span aria-hidden="true">{glyph}</span>
      <span className="sr-only">{said}</span>
    </span>
  );
}

/** Background and text of the marked half of a line. */
export function toneOf(mark: Mark, tag: Tag | undefined): string {
  if (mark === "same") return "";
  if (tag?.tone === "Critical") return "bg-critical-tint";
  return tag?.tone === "Warning" ? "bg-warning-tint" : "bg-sunken";
}

/** What is written at the end of a marked line, where the sign alone does not say it. */
export function Label({ mark, tag }: MarkSignProps) {
  const words = [
    mark === "type" && "other type",
    mark === "order" && "other order in the shadow",
    tag?.tone === "noise" && "noise",
  ].filter((word) => word !== false);
  if (mark === "same" || words.length === 0) return null;
  return (
    <span aria-hidden="true" className="ml-2 font-sans font-normal text-muted">
      {words.join(", ")}
    </span>
  );
}
