/**
 * Contents of many files in few questions to git: how large they are, then the contents some megabytes at a time. What is held stays below a limit; what
 * was let go is asked for again.
 */
import type { ChangedFile } from "../../core/governance/change.ts";
import type { Git } from "./git.ts";

/** Larger files are not read, which is said. Generated or data; the largest source file of a repository is seldom a third of it. */
export const MAX_FILE_BYTES = 1_048_576;

/** Git's own measure of what is binary: a NUL among the first bytes. */
const LOOKED_AT_BYTES = 8_000;

/** Of one answer of git, and of all answers that are held. */
const LIMITS = { batchBytes: 16 * 1024 * 1024, heldBatches: 24 } as const;
type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

export interface Content {
  readonly text: string | null;
  readonly unread: ChangedFile["unread"];
  /** Of what looks binary: compilers read code in spite of a NUL, so its name decides. */
  readonly bytes?: Buffer;
}

/** By blob. What git has not, as in a partial clone, is not known. */
export interface Blobs {
  readonly content: (blob: string) => Content | null;
  readonly unread: (blob: string) => ChangedFile["unread"];
  /** As git counts them in a patch that adds or removes the file. */
  readonly lines: (blob: string) => number;
}

/** One file within its batch. */
interface Place {
  readonly batch: number;
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  readonly isBinary: boolean;
}

export function readBlobs(git: Git, blobs: readonly string[], limits: Limits = LIMITS): Blobs {
  const { batches, large } = batchesOf(git, [...new Set(blobs)], limits.batchBytes);
  const held = new Map<number, Buffer>();
  const bytesOf = (batch: number): Buffer => {
    const bytes = held.get(batch) ?? git.bytes(["cat-file", "--batch"], `${(batches[batch] ?? []).join("\n")}\n`);
    // The last that was asked for stands at the end.
    held.delete(batch);
    held.set(batch, bytes);
    for (const oldest of [...held.keys()].slice(0, -limits.heldBatches)) held.delete(oldest);
    return bytes;
  };
  const places = new Map(batches.flatMap((_, batch) => placesIn(bytesOf(batch), batch)));
  const slice = ({ batch, from, to }: Place): Buffer => bytesOf(batch).subarray(from, to);
  return {
    content: (blob) => {
      const place = places.get(blob);
      if (place === undefined) return large.has(blob) ? { text: null, unread: "too-large" } : null;
      if (place.isBinary) return { text: null, unread: "binary", bytes: slice(place) };
      return { text: slice(place).toString("utf8"), unread: null };
    },
    unread: (blob) => (large.has(blob) ? "too-large" : places.get(blob)?.isBinary === true ? "binary" : null),
    lines: (blob) => places.get(blob)?.lines ?? (large.has(blob) ? linesOf(git.bytes(["cat-file", "blob", blob])) : 0),
  };
}

/** Which are read together, and which are too large to be read. */
function batchesOf(git: Git, wanted: readonly string[], batchBytes: number) {
  const batches: string[][] = [];
  const large = new Set<string>();
  let room = 0;
  const sizes = wanted.length === 0 ? "" : git.text(["cat-file", "--batch-check"], `${wanted.join("\n")}\n`);
  for (const line of sizes.split("\n")) {
    const [blob = "", kind = "", size = ""] = line.split(" ");
    if (kind !== "blob") continue;
    if (Number(size) > MAX_FILE_BYTES) {
      large.add(blob);
      continue;
    }
    if (batches.length === 0 || room < Number(size)) {
      batches.push([]);
      room = batchBytes;
    }
    batches.at(-1)?.push(blob);
    room -= Number(size);
  }
  return { batches, large };
}

/** `<sha> blob <size>`, the content and a line break, one after the other. */
function placesIn(answer: Buffer, batch: number): readonly (readonly [blob: string, place: Place])[] {
  const places: (readonly [string, Place])[] = [];
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    const [blob = "", , size = "0"] = answer.toString("latin1", at, end).split(" ");
    const [from, to] = [end + 1, end + 1 + Number(size)];
    const bytes = answer.subarray(from, to);
    const isBinary = bytes.subarray(0, LOOKED_AT_BYTES).includes(0);
    places.push([blob, { batch, from, to, lines: linesOf(bytes), isBinary }]);
    at = to + 1;
  }
  return places;
}

function linesOf(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  return bytes.length === 0 || bytes.at(-1) === 10 ? lines : lines + 1;
}

/** As a file of code, whatever bytes are in it: UTF-16 where it says so, which TypeScript reads, and UTF-8 otherwise. */
export function contentOfSource(content: Content): Content {
  const { bytes } = content;
  if (bytes === undefined) return content;
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isSwapped = bytes[0] === 0xfe && bytes[1] === 0xff;
  const [label, start] = isWide ? ["utf-16le", 2] : isSwapped ? ["utf-16be", 2] : ["utf-8", 0];
  return { text: new TextDecoder(label).decode(bytes.subarray(start)), unread: null };
}
