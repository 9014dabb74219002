/**
 * Code cells of a Jupyter notebook as one Python text, with the line of the file that each line of it stands on. The format:
 * https://nbformat.readthedocs.io/en/latest/format_description.html
 */

export interface Notebook {
  readonly text: string;
  /** For each line of `text`, the line of the file, from 1. */
  readonly lines: readonly number[];
}

/** Null where the file is no notebook of Python. */
export function notebookOf(file: string): Notebook | null {
  const document = parsedJson(file);
  if (!isRecord(document) || !isPython(document)) return null;
  const cells = Array.isArray(document["cells"]) ? document["cells"] : [];
  const found: { readonly text: string; readonly line: number }[] = [];
  let from = 0;
  let line = 1;
  for (const written of cells.flatMap(codeLines)) {
    const encoded = JSON.stringify(written).slice(1, -1);
    const at = written.trim() === "" ? -1 : file.indexOf(encoded, from);
    if (at !== -1) {
      line += newlines(file, from, at);
      from = at + encoded.length;
    }
    found.push({ text: withoutMagic(written), line });
  }
  return { text: found.map(({ text }) => text).join("\n"), lines: found.map((each) => each.line) };
}

function parsedJson(file: string): unknown {
  try {
    return JSON.parse(file);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Notebooks without a word on their language are Python's. */
function isPython({ metadata }: Readonly<Record<string, unknown>>): boolean {
  if (!isRecord(metadata)) return true;
  const { kernelspec, language_info } = metadata;
  const language =
    (isRecord(language_info) ? language_info["name"] : undefined) ??
    (isRecord(kernelspec) ? kernelspec["language"] : undefined);
  return language === undefined || language === "python";
}

function codeLines(cell: unknown): readonly string[] {
  if (!isRecord(cell) || cell["cell_type"] !== "code") return [];
  const { source } = cell;
  const text = Array.isArray(source) ? source.filter((part) => typeof part === "string").join("") : source;
  if (typeof text !== "string" || /^\s*%%(?!time|capture|prun)/.test(text)) return [];
  return text.split("\n");
}

/** Magic commands, shell commands and questions are no Python. */
function withoutMagic(line: string): string {
  return /^\s*[%!]|\?\s*$/.test(line) ? "" : line;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
