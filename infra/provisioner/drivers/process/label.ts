/**
 * How a stack's processes are known, whoever started them: by a variable in their environment, as objects of a cluster are by labels.
 * Read from the system, so that a provisioner that was killed leaves nothing behind that the next one does not find.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { FoundStack } from "../driver.ts";
import { processes, type RunningProcess } from "./processes.ts";

const VARIABLE = "SHADOW_INFRA_STACK";

/** Base64url of the label's JSON: no blanks, so that it can be told from the words around it in a list of processes. */
const PATTERN = new RegExp(`(?:^|[\\s\\0])${VARIABLE}=([\\w-]+)`);

export interface Label extends Omit<FoundStack, "removing"> {
  /** Which provisioner's it is. */
  readonly owner: string;
}

export interface Labelled {
  /** Its process group: the leader's number, also when the leader has ended and others of the group have not. */
  readonly group: number;
  readonly label: Label;
}

export function labelVariable(label: Label): Readonly<Record<string, string>> {
  return { [VARIABLE]: Buffer.from(JSON.stringify(label)).toString("base64url") };
}

/** The process groups of that owner's stacks that run now. Empty where the system does not tell. */
export function labelledGroups(owner: string): readonly Labelled[] {
  const found = environments().flatMap(({ group, text }) => {
    const label = labelIn(text);
    return label?.owner === owner ? [{ group, label }] : [];
  });
  return [...new Map(found.map((one) => [one.group, one])).values()];
}

interface Environment {
  readonly group: number;
  readonly text: string;
}

function environments(): readonly Environment[] {
  if (process.platform === "linux") return processes().flatMap(fromProc);
  return process.platform === "win32" ? [] : fromPs();
}

function fromProc({ pid, group }: RunningProcess): readonly Environment[] {
  try {
    return [{ group, text: readFileSync(`/proc/${pid}/environ`, "utf8") }];
  } catch {
    // It has ended in between, or is another user's: none of ours.
    return [];
  }
}

/** On macOS `-E` adds the environment of one's own processes. */
function fromPs(): readonly Environment[] {
  try {
    const options = { encoding: "utf8", stdio: "pipe", maxBuffer: 64 * 1024 * 1024 } as const;
    const lines = execFileSync("ps", ["-A", "-E", "-ww", "-o", "pgid=,command="], options).split("\n");
    return lines.map((line) => ({ group: Number.parseInt(line, 10), text: line }));
  } catch {
    return [];
  }
}

function labelIn(text: string): Label | null {
  const encoded = PATTERN.exec(text)?.[1];
  if (encoded === undefined) return null;
  try {
    // Only `labelVariable` writes the variable; a text of somebody else's is no JSON of this form and has no owner of ours.
    return JSON.parse(Buffer.from(encoded, "base64url").toString()) as Label;
  } catch {
    return null;
  }
}
