/** The bodies of reference and shadow: JSON as aligned trees, text line by line, anything else by its size; and what could not be compared. */
import { useMemo } from "react";
import { Section } from "../pieces/section.tsx";
import { bytes, counted } from "../words/numbers.ts";
import { failedWords } from "../words/reasons.ts";
import { jsonRows } from "./align/json-rows.ts";
import { jsonTree } from "./align/json-tree.ts";
import type { Row } from "./align/row.ts";
import { textRows } from "./align/text-rows.ts";
import { LineTable } from "./line-table.tsx";
import { type Answer, answerOf, byteLength, type Exchange, type Finding, referenceOf, type Side } from "./side.ts";
import { tagsByPath } from "./tags.ts";

export interface BodiesProps {
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
}

export function Bodies({ exchange, findings }: BodiesProps) {
  const reference = referenceOf(exchange);
  const rows = useMemo(() => rowsOf(exchange), [exchange]);
  const tags = useMemo(() => tagsByPath(findings), [findings]);
  const differing = rows?.filter((row) => row.mark !== "same").length ?? 0;
  return (
    <Section title="Body" note={rows !== null && rows.length > 0 ? counted(differing, "differing line") : undefined}>
      <Notices name={reference.name} side={reference.side} />
      <Notices name="Shadow" side={exchange.shadow} />
      {rows === null ? (
        <p className="text-muted">
          {sameBytes(reference.side, exchange.shadow)
            ? "The binary bodies are equal."
            : "Binary bodies are compared by size and bytes: they differ."}
        </p>
      ) : rows.length === 0 ? (
        <p className="text-muted">Both bodies are empty.</p>
      ) : (
        <LineTable label="Bodies side by side" reference={reference.name} rows={rows} tags={tags} />
      )}
    </Section>
  );
}

function Notices({ name, side }: { readonly name: string; readonly side: Side }) {
  const notices = noticesOf(side);
  return notices.map((notice) => (
    <p key={notice} className="mb-2 rounded border border-warning-bar bg-warning-tint px-3 py-1.5 text-warning">
      {name}: {notice}
    </p>
  ));
}

function noticesOf(side: Side): readonly string[] {
  if ("failed" in side) return [`no answer, ${failedWords(side.failed)}. There is no body to compare.`];
  const size = byteLength(side) ?? 0;
  const notices: string[] = [];
  if (side.truncated)
    notices.push(`cut at the capture limit; the whole body has ${bytes(size)}. Only the beginning is compared.`);
  if (side.bodyEncoding === "base64") notices.push(`${bytes(size)} that are not text.`);
  return notices;
}

/** Null when a side is binary: there are no lines to show. */
function rowsOf(exchange: Exchange): readonly Row[] | null {
  const reference = answerOf(referenceOf(exchange).side);
  const shadow = answerOf(exchange.shadow);
  if (reference?.bodyEncoding !== undefined || shadow?.bodyEncoding !== undefined) return null;
  const left = jsonOf(reference);
  const right = jsonOf(shadow);
  if (left !== null && right !== null) return jsonRows(left, right);
  return textRows(reference?.body ?? "", shadow?.body ?? "");
}

function jsonOf(answer: Answer | null) {
  return answer === null || answer.truncated ? null : jsonTree(answer.body);
}

function sameBytes(reference: Side, shadow: Side): boolean {
  const left = answerOf(reference);
  const right = answerOf(shadow);
  return left !== null && left.body === right?.body && left.bodyEncoding === right.bodyEncoding && !left.truncated;
}
