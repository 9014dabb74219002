/** Contents of many files in two questions to git: how large they are, then those that are read. */
import type { ChangedFile } from "../../core/governance/change.ts";
import type { Git } from "./git.ts";

/** Larger files are not read, which is said. Generated or data; the largest source file of a repository is seldom a third of it. */
export const MAX_FILE_BYTES = 1_048_576;

/** Git's own measure of what is binary: a NUL among the first bytes. */
const LOOKED_AT_BYTES = 8_000;

export interface Content {
  readonly text: string | null;
  readonly unread: ChangedFile["unread"];
  /** Of what looks binary: compilers read code in spite of a NUL, so its name decides. */
  readonly bytes?: Buffer;
}

/** By blob. What git has not, as in a partial clone, is left out. */
export function readBlobs(git: Git, blobs: readonly string[]): ReadonlyMap<string, Content> {
  const wanted = [...new Set(blobs)];
  if (wanted.length === 0) return new Map();
  const contents = new Map<string, Content>();
  const small: string[] = [];
  for (const line of git.text(["cat-file", "--batch-check"], `${wanted.join("\n")}\n`).split("\n")) {
    const [sha = "", kind = "", size = ""] = line.split(" ");
    if (kind !== "blob") continue;
    if (Number(size) > MAX_FILE_BYTES) contents.set(sha, { text: null, unread: "too-large" });
    else small.push(sha);
  }
  if (small.length === 0) return contents;
  const answer = git.bytes(["cat-file", "--batch"], `${small.join("\n")}\n`);
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    const [sha = "", , size = "0"] = answer.toString("latin1", at, end).split(" ");
    const body = answer.subarray(end + 1, end + 1 + Number(size));
    contents.set(sha, contentOf(body));
    at = end + 2 + Number(size);
  }
  return contents;
}

function contentOf(bytes: Buffer): Content {
  if (bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return { text: null, unread: "binary", bytes };
  return { text: bytes.toString("utf8"), unread: null };
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
