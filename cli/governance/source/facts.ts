/**
 * Facts of a source file: which language it is by the end of its name, and who reads it. Never throws, never runs what it reads, and no text ends
 * the process.
 */
import type { Place, SourceFacts } from "../../../core/governance/source.ts";
import { noFacts } from "./no-facts.ts";
import { type Notebook, notebookOf } from "./notebook.ts";
import { pythonFacts } from "./python/facts.ts";
import { isScriptEnding, type ScriptEnding, scriptFacts } from "./script/facts.ts";
import { isolatedFacts } from "./script/isolated.ts";
import { mayNestDeeply } from "./script/nesting.ts";

const ENDING = /\.[a-z]+$/;

/** Null where the file is in no language that is read, components of Vue and Svelte among them. */
export function factsOf(path: string, text: string): SourceFacts | null {
  const ending = ENDING.exec(path)?.[0] ?? "";
  if (isScriptEnding(ending)) return factsOfScript(text, ending);
  if (ending === ".py" || ending === ".pyi" || ending === ".pyw") return factsOfPython(withoutMark(text));
  if (ending === ".ipynb") return factsOfNotebook(text);
  return null;
}

function factsOfScript(text: string, ending: ScriptEnding): SourceFacts {
  return mayNestDeeply(text) ? isolatedFacts(text, ending) : scriptFacts(text, ending);
}

/** The parser of Python builds its tree by recursion, and throws where a text nests too deeply for it. */
function factsOfPython(text: string): SourceFacts {
  try {
    return pythonFacts(text);
  } catch (error) {
    if (error instanceof RangeError) return noFacts("python");
    throw error;
  }
}

/** A byte order mark is no part of Python. */
function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function factsOfNotebook(file: string): SourceFacts | null {
  const notebook = notebookOf(file);
  if (notebook === null) return null;
  const facts = factsOfPython(notebook.text);
  const moved = <T extends Place>(places: readonly T[]): readonly T[] => places.map((each) => inFile(each, notebook));
  return {
    ...facts,
    imports: moved(facts.imports),
    calls: moved(facts.calls),
    functions: facts.functions.map((each) => ({
      ...inFile(each, notebook),
      endLine: lineInFile(each.endLine, notebook),
    })),
    types: moved(facts.types),
    fields: moved(facts.fields),
    strings: moved(facts.strings),
    unparsed: facts.unparsed === null ? null : inFile(facts.unparsed, notebook),
  };
}

/** The line of the JSON that holds the line of the cell; columns inside of it would mean nothing. */
function inFile<T extends Place>(fact: T, notebook: Notebook): T {
  return { ...fact, line: lineInFile(fact.line, notebook), column: 1 };
}

function lineInFile(line: number, { lines }: Notebook): number {
  return lines[line - 1] ?? lines.at(-1) ?? 1;
}
