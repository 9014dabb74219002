/** The requests of a recording, one at a time: lines of JSON, or a HAR file, which is told by its content. */

import type { Result } from "../../core/pair/result.ts";
import { linesOf } from "../compare/lines.ts";
import type { Source } from "../compare/source.ts";
import { readHar } from "./har.ts";
import { malformed, type Reading, readRequest } from "./request.ts";

/** A HAR file is one document and has to be held whole. In bytes; Node's longest string is 512 MB. */
export const MAX_HAR_BYTES = 256 * 1024 * 1024;

/** Where in the recording: the number of the line or of the entry, from 1. */
export interface Numbered {
  readonly number: number;
  readonly reading: Reading;
}

/** A recording whose kind is known. */
export interface Recording {
  /** `line` or `entry`: what the numbers count. */
  readonly unit: "line" | "entry";
  readonly total: number;
  /** How many requests went to each host, where a HAR file says so: a page loads from many. */
  readonly hosts: ReadonlyMap<string, number>;
  readonly requests: () => AsyncIterable<Numbered>;
}

/** Reads the whole source once, to tell what it is and how many requests there are. */
export async function openRecording(source: Source): Promise<Result<Recording, "malformed">> {
  if (await isLines(source)) {
    const total = await countLines(source);
    return { ok: true, value: { unit: "line", total, hosts: new Map(), requests: () => lineRequests(source) } };
  }
  const text = await wholeText(source);
  if (text === null) return malformed(`a HAR file of more than ${MAX_HAR_BYTES / 1024 / 1024} MB`);
  const har = readHar(text);
  if (!har.ok) return har;
  const entries = har.value;
  const requests = () => entryRequests(entries);
  return { ok: true, value: { unit: "entry", total: entries.length, hosts: hostsOf(entries), requests } };
}

function hostsOf(entries: readonly Reading[]): ReadonlyMap<string, number> {
  const hosts = new Map<string, number>();
  for (const entry of entries)
    if (entry.ok && entry.value.host !== null) hosts.set(entry.value.host, (hosts.get(entry.value.host) ?? 0) + 1);
  return hosts;
}

/** Whether a line among the first ones is JSON by itself and no HAR file. A document over several lines begins with `{` alone. */
async function isLines(source: Source): Promise<boolean> {
  let seen = 0;
  for await (const { text } of linesOf(source.open())) {
    if (text !== null && text.trim() === "") continue;
    const value = text === null ? undefined : parsed(text);
    if (value !== undefined) return !(typeof value === "object" && value !== null && "log" in value);
    if (++seen === LOOKED_AT) break;
  }
  return false;
}

/** Lines that may be broken before one that is sound. */
const LOOKED_AT = 20;

/** Only objects count: in a document over several lines some line is a number or a string. */
function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function countLines(source: Source): Promise<number> {
  let count = 0;
  for await (const { text } of linesOf(source.open())) if (text?.trim() !== "") count++;
  return count;
}

async function* lineRequests(source: Source): AsyncGenerator<Numbered> {
  for await (const { number, text, problem } of linesOf(source.open())) {
    if (text?.trim() === "") continue;
    yield { number, reading: text === null ? malformed(problem ?? "unreadable") : readRequest(text, number) };
  }
}

async function* entryRequests(entries: readonly Reading[]): AsyncGenerator<Numbered> {
  for (const [index, reading] of entries.entries()) yield { number: index + 1, reading };
}

/** Null when it is too long. */
async function wholeText(source: Source): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source.open()) {
    size += chunk.length;
    if (size > MAX_HAR_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
