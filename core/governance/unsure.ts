/** What a check says of a file that its parser could not read to the end: that it is not sure. Only where the text names what is looked for. */
import type { ChangedFile } from "./change.ts";
import type { SourceFacts } from "./source.ts";
import type { Hit } from "./violation.ts";

export function unsureHits(file: ChangedFile, facts: SourceFacts, words: readonly string[]): readonly Hit[] {
  const { unparsed } = facts;
  const word = unparsed === null ? undefined : words.find((each) => each !== "" && file.text?.includes(each) === true);
  if (unparsed === null || word === undefined) return [];
  return [
    {
      message: `could not be read from line ${unparsed.line} on, and names ${word}`,
      hint: "Correct the syntax, or look at the file by hand: what stands there was not judged.",
      path: file.path,
      line: unparsed.line,
      column: unparsed.column,
      subject: word,
      onlyWarns: true,
    },
  ];
}
