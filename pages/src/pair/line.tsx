/** One line of a comparison, both sides. */
import { plain } from "../words/plain.ts";
import type { Row } from "./align/row.ts";
import { Label, MarkSign, toneOf } from "./mark-sign.tsx";
import type { Tag } from "./tags.ts";

/** Width of one level of indentation, in characters. */
const INDENT_CH = 2;

export interface LineProps {
  readonly row: Row;
  readonly tag: Tag | undefined;
}

export function Line({ row, tag }: LineProps) {
  const tone = toneOf(row.mark, tag);
  const same = row.mark === "same";
  return (
    <tr role="row" className="align-top max-md:grid max-md:grid-cols-[1.5rem_1fr]">
      <td role="cell" className="text-center font-semibold select-none max-md:row-span-2">
        <MarkSign mark={row.mark} tag={tag} />
      </td>
      <Half row={row} text={row.left} tone={tone} tag={tag} labelled={row.right === null} />
      <Half
        row={row}
        text={row.right}
        tone={`md:border-l md:border-line ${tone} ${same ? "max-md:hidden" : ""}`}
        tag={tag}
        labelled
      />
    </tr>
  );
}

interface HalfProps {
  readonly row: Row;
  readonly text: string | null;
  readonly tone: string;
  readonly tag: Tag | undefined;
  /** The difference is named at the end of this half. */
  readonly labelled: boolean;
}

function Half({ row, text, tone, tag, labelled }: HalfProps) {
  if (text === null) {
    return (
      <td role="cell" className="hatched px-2 max-md:hidden md:border-l md:border-line">
        <span className="sr-only">nothing</span>
      </td>
    );
  }
  return (
    <td role="cell" className={`px-2 wrap-anywhere whitespace-pre-wrap max-md:col-start-2 ${tone}`}>
      <span className="block" style={{ paddingLeft: `${row.depth * INDENT_CH}ch` }}>
        {plain(text)}
        {labelled && <Label mark={row.mark} tag={tag} />}
      </span>
    </td>
  );
}
