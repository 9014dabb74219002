/** What is different, as git's raw list says it: paths, states and blobs. Names may hold anything, so they are read between NULs. */
import type { ChangedFile } from "../../core/governance/change.ts";

/** One file of a list, without its content. */
export interface Entry {
  readonly path: string;
  readonly oldPath: string | null;
  readonly status: ChangedFile["status"];
  /** Blobs; null where there is none, or none that is text: a submodule, a symbolic link. */
  readonly blob: string | null;
  readonly baseBlob: string | null;
  /** How many sections the patch has for it. */
  readonly sections: number;
}

const FILE_MODES = new Set(["100644", "100755", "100664"]);

/** `:100644 100644 <sha> <sha> M\0path\0`, as `git diff --raw -z` writes it; a renamed file has two paths. */
export function readRaw(text: string): readonly Entry[] {
  const parts = records(text);
  const entries: Entry[] = [];
  for (let n = 0; n < parts.length; ) {
    const [fields = "", first = "", second = ""] = parts.slice(n, n + 3);
    const isPair = / [RC]\d*$/.test(fields);
    entries.push(entryOf(fields.slice(1).split(" "), first, isPair ? second : null));
    n += isPair ? 3 : 2;
  }
  return entries;
}

function entryOf(fields: readonly string[], first: string, second: string | null): Entry {
  const [oldMode = "", mode = "", oldSha = "", sha = "", state = ""] = fields;
  return {
    path: second ?? first,
    oldPath: state.startsWith("R") ? first : null,
    status: statusOf(state),
    blob: blobOf(mode, sha),
    baseBlob: blobOf(oldMode, oldSha),
    sections: state.startsWith("T") ? 2 : 1,
  };
}

function statusOf(state: string): ChangedFile["status"] {
  const states: Readonly<Record<string, ChangedFile["status"]>> = {
    A: "added",
    C: "added",
    D: "deleted",
    R: "renamed",
  };
  return states[state.slice(0, 1)] ?? "modified";
}

function blobOf(mode: string, sha: string): string | null {
  return FILE_MODES.has(mode) && !/^0+$/.test(sha) ? sha : null;
}

/** `100644 blob <sha>\tpath\0`, as `git ls-tree -r -z` writes it. */
export function readTree(text: string): readonly Entry[] {
  return records(text).map((record) => {
    const tab = record.indexOf("\t");
    const [mode = "", , sha = ""] = record.slice(0, tab).split(" ");
    const path = record.slice(tab + 1);
    return { path, oldPath: null, status: "unchanged", blob: blobOf(mode, sha), baseBlob: null, sections: 0 };
  });
}

/** What a patch says of one file. */
export interface Section {
  /** Numbers of the lines at the head that it adds or alters. */
  readonly lines: Pick<ReadonlySet<number>, "has">;
  readonly added: number;
  readonly removed: number;
}

/**
 * The sections of a patch without context, in the list's order. Lines of content never begin with `diff` or `@@`, so no name has to be read.
 * Git's own counts of lines are not asked for: they obey `.gitattributes`.
 */
export function readPatch(patch: Buffer): readonly Section[] {
  const sections: { hunks: Hunk[]; added: number; removed: number }[] = [];
  for (const line of headsOf(patch)) {
    if (line.startsWith("diff --git ")) sections.push({ hunks: [], added: 0, removed: 0 });
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    const section = sections.at(-1);
    if (hunk === null || section === undefined) continue;
    const [, removed = "1", start = "0", added = "1"] = hunk;
    section.added += Number(added);
    section.removed += Number(removed);
    section.hunks.push({ from: Number(start), to: Number(start) + Number(added) });
  }
  return sections.map(({ hunks, added, removed }) => ({ lines: linesIn(hunks), added, removed }));
}

/** Lines of the head, the last not among them. */
interface Hunk {
  readonly from: number;
  readonly to: number;
}

/** Hunks stand in the order of their lines. */
function linesIn(hunks: readonly Hunk[]): Section["lines"] {
  return {
    has: (line) => {
      let [low, high] = [0, hunks.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((hunks[middle]?.to ?? 0) <= line) low = middle + 1;
        else high = middle;
      }
      return (hunks[low]?.from ?? Number.POSITIVE_INFINITY) <= line;
    },
  };
}

/** `d` of `diff` and `@` of a hunk. */
const [D, AT] = [0x64, 0x40];

/** Lines that may begin a section or a hunk. The patch as one text, or as a list of its lines, would take many times its memory. */
function* headsOf(patch: Buffer): Generator<string> {
  for (let at = 0; at < patch.length; ) {
    const found = patch.indexOf(10, at);
    const end = found === -1 ? patch.length : found;
    if (patch[at] === D || patch[at] === AT) yield patch.toString("latin1", at, end);
    at = end + 1;
  }
}

export function records(text: string): readonly string[] {
  return text.split("\0").filter((record) => record !== "");
}
