/** What one reading of a compose file gathers on its way: notes, and the files it turned out to need. */
import type { Place } from "./node.ts";
import type { ComposeNote } from "./note.ts";
import type { ComposeSource, RepositoryFile } from "./source.ts";

/** Filled while a reading goes on, and thrown away with it. */
export interface Reading {
  readonly source: ComposeSource;
  readonly notes: ComposeNote[];
  readonly wanted: Set<string>;
}

/** What a note is about. */
export interface Spot {
  readonly place: Place;
  /** `services.web.privileged`. */
  readonly key: string;
}

export interface Said {
  readonly code: string;
  readonly message: string;
}

/** A file with more to say is another kind of file. */
const MAX_NOTES = 1_000;

/** Files that one reading asks for, folders not counted. */
const MAX_FILES = 500;

export function startReading(source: ComposeSource): Reading {
  return { source, notes: [], wanted: new Set() };
}

export function refuse(reading: Reading, spot: Spot, said: Said): void {
  note(reading, spot, { effect: "refused", ...said });
}

export function drop(reading: Reading, spot: Spot, said: Said): void {
  note(reading, spot, { effect: "dropped", ...said });
}

export function adjust(reading: Reading, spot: Spot, said: Said): void {
  note(reading, spot, { effect: "adjusted", ...said });
}

export function isRefused(reading: Reading): boolean {
  return reading.notes.some(({ effect }) => effect === "refused");
}

/** The file's content, null where the repository has none; undefined: it has been asked for, and this reading is not the last. */
export function fileAt(reading: Reading, path: string, spot: Spot): RepositoryFile | undefined {
  const known = reading.source.files.get(path);
  if (known !== undefined) return known;
  if (reading.wanted.size >= MAX_FILES)
    refuse(reading, spot, { code: "too-many-files", message: `More than ${MAX_FILES} files would have to be read.` });
  else reading.wanted.add(path);
  return undefined;
}

function note({ notes }: Reading, { place, key }: Spot, said: Said & Pick<ComposeNote, "effect">): void {
  const { effect, code, message } = said;
  if (notes.length > MAX_NOTES) return;
  const { file, line, column } = place;
  // The form and the table may both find a key that nobody knows.
  if (notes.some((one) => one.key === key && one.code === code && one.line === line && one.column === column)) return;
  if (notes.length < MAX_NOTES) notes.push({ file, line, column, key, effect, code, message });
  else notes.push({ file, line, column, key, effect: "refused", code: "too-many-notes", message: TOO_MANY });
}

const TOO_MANY = `There is more to say of this file than ${MAX_NOTES} notes. Shorten it, or name a smaller one in "compose".`;
