/** What is known of a text that no parser could read: nothing, which rules say instead of passing it. */
import type { SourceFacts } from "../../../core/governance/source.ts";

export function noFacts(language: SourceFacts["language"]): SourceFacts {
  const unparsed = { line: 1, column: 1 };
  return { language, imports: [], calls: [], functions: [], types: [], fields: [], strings: [], unparsed };
}
