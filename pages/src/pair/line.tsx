/** One line of a comparison, both sides. On a phone the shadow's half stands below the reference's. */
import { plain } from "../words/plain.ts";
import type { Row } from "./align/row.ts";
import { Label, MarkSign, toneOf } from "./mark-sign.tsx";
import type { Tag } from "./tags.ts";

/** Width of one level of indentation, in characters. */
const INDENT_CH = 2;

/** Sign, reference, shadow. */
export const LINE_COLUMNS = "grid grid-cols-[1.5rem_minmax(0,1fr)] md:grid-cols-[2rem_minmax(0,1fr)_minmax(0,1fr)]";

export interface LineProps {
  readonly row: Row;
  readonly tag: Tag | undefined;
}

export function Line({ row, tag }: LineProps) {
  const tone = toneOf(row.mark, tag);
  const hidden = row.mark === "same" ? "max-md:hidden" : "";
  return (
    <div role="row" className={LINE_COLUMNS}>
      <div role="cell" className="text-center font-semibold select-none max-md:row-span-2">
        <MarkSign mark={row.mark} tag={tag} />
      </div>
      <Half row={row} text={row.left} look={tone} tag={row.right === null ? tag : null} />
      <Half row={row} text={row.right} look={`md:border-l md:border-line ${tone} ${hidden}`} tag={tag} />
    </div>
  );
}

interface HalfProps {
  readonly row: Row;
  readonly text: string | null;
  readonly look: string;
  /** The difference is named at the end of this half; null names it at the other. */
  readonly tag: Tag | undefined | null;
}

function Half({ row, text, look, tag }: HalfProps) {
  if (text === null) {
    return (
      <div role="cell" className="hatched px-2 max-md:hidden md:border-l md:border-line">
        <span className="sr-only">nothing</span>
      </div>
    );
  }
  return (
    <div role="cell" className={`px-2 wrap-anywhere whitespace-pre-wrap max-md:col-start-2 ${look}`}>
      <span className="block" style={{ paddingLeft: `${row.depth * INDENT_CH}ch` }}>
        {plain(text)}
        {tag !== null && <Label mark={row.mark} tag={tag} />}
      </span>
    </div>
  );
}
