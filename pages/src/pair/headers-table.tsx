/** The headers of reference and shadow, differing ones first and marked. */
import { Section } from "../pieces/section.tsx";
import { counted } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import { type HeaderRow, headerRows } from "./align/header-rows.ts";
import { Label, MarkSign, toneOf } from "./mark-sign.tsx";
import { answerOf, type Exchange, type Finding, referenceOf } from "./side.ts";
import { type Tag, tagOfHeader, tagsByPath } from "./tags.ts";

export interface HeadersTableProps {
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
}

export function HeadersTable({ exchange, findings }: HeadersTableProps) {
  const reference = referenceOf(exchange);
  const left = answerOf(reference.side);
  const shadow = answerOf(exchange.shadow);
  if (left === null && shadow === null) return null;
  const rows = headerRows(left?.headers ?? {}, shadow?.headers ?? {});
  const differing = rows.filter((row) => row.mark !== "same").length;
  const tags = tagsByPath(findings);
  return (
    <Section title="Headers" note={`${counted(differing, "difference")} in ${counted(rows.length, "header")}`}>
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <table className="w-full table-fixed font-mono text-xs max-md:block">
          <thead className="border-b border-line bg-sunken text-left font-sans text-muted max-md:sr-only">
            <tr>
              <th scope="col" className="w-8">
                <span className="sr-only">Difference</span>
              </th>
              <th scope="col" className="w-56 px-2 py-1.5 font-medium">
                Header
              </th>
              <th scope="col" className="px-2 py-1.5 font-medium">
                {reference.name}
              </th>
              <th scope="col" className="px-2 py-1.5 font-medium">
                Shadow
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line max-md:block">
            {rows.map((row) => (
              <Line
                key={row.name}
                row={row}
                reference={reference.name.toLowerCase()}
                tag={tagOfHeader(tags, row.name)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

interface LineProps {
  readonly row: HeaderRow;
  /** Its name on a phone, where the columns have no head. */
  readonly reference: string;
  readonly tag: Tag | undefined;
}

function Line({ row, reference, tag }: LineProps) {
  const tone = toneOf(row.mark, tag);
  return (
    <tr className="align-top max-md:grid max-md:grid-cols-[1.5rem_1fr]">
      <td className="py-1 text-center font-semibold">
        <MarkSign mark={row.mark} tag={tag} />
      </td>
      <th scope="row" className="px-2 py-1 text-left font-semibold wrap-anywhere">
        {plain(row.name)}
        <Label mark={row.mark} tag={tag} />
      </th>
      <Values side={reference} values={row.left} tone={tone} />
      {(row.mark !== "same" || row.right.length > 0) && <Values side="shadow" values={row.right} tone={tone} />}
    </tr>
  );
}

interface ValuesProps {
  readonly side: string;
  readonly values: readonly string[];
  readonly tone: string;
}

function Values({ side, values, tone }: ValuesProps) {
  const empty = values.length === 0;
  return (
    <td className={`px-2 py-1 wrap-anywhere max-md:col-start-2 ${empty ? "hatched" : tone}`}>
      <span className="font-sans text-muted md:hidden">{side} </span>
      {empty && <span className="sr-only">nothing</span>}
      {values.map((value, at) => (
        // Occurrences of one header have no identity but their place.
        <span key={at} className="block">
          {plain(value)}
        </span>
      ))}
    </td>
  );
}
