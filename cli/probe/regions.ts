/** Reads results documents to be compared. Throws a `UsageError` for what is none. */
import { basename, resolve } from "node:path";
import { compareRegions, labelled, regionDoubts } from "../../core/probe/regions.ts";
import { type ProbeResults, ProbeResultsSchema } from "../../core/wire/api/probes.ts";
import { messageOf } from "../error-text.ts";
import type { Compared } from "./formats/regions.ts";
import { textOf, UsageError } from "./usage.ts";

/** `files` as they were given, below `folder`. */
export function comparedResults(files: readonly string[], folder: string): Compared {
  if (files.length < 2) throw new UsageError("--compare-results takes two files of results or more.");
  const all = labelled(files.map((file) => ({ name: basename(file, ".json"), results: resultsIn(file, folder) })));
  return { endpoints: compareRegions(all), doubts: regionDoubts(all) };
}

function resultsIn(file: string, folder: string): ProbeResults {
  const parsed = ProbeResultsSchema.safeParse(jsonOf(textOf(resolve(folder, file), file), file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `${file} holds no results of a probe: ${issue?.path.join(".") || "document"}: ${issue?.message}`,
  );
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${messageOf(error)}`);
  }
}
