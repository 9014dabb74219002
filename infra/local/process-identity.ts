/** Which process a number means: numbers are given out again, a number with its start time and command line is not. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface ProcessIdentity {
  readonly pid: number;
  /** As the system writes it: comparable, not readable. */
  readonly startedAt: string;
  readonly commandLine: string;
}

/** The process that has this number now; null when none runs, or when the system does not tell. */
export function identityOf(pid: number): ProcessIdentity | null {
  try {
    if (process.platform === "linux") return fromProc(pid);
    return process.platform === "win32" ? null : fromPs(pid);
  } catch {
    return null;
  }
}

/** Whether that very process still runs. */
export function stillRuns(known: ProcessIdentity): boolean {
  const now = identityOf(known.pid);
  return now !== null && now.startedAt === known.startedAt && now.commandLine === known.commandLine;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 3 is the state, field 22 the start in ticks since boot. */
function fromProc(pid: number): ProcessIdentity | null {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in field 2 may hold spaces and brackets: counted from its end.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startedAt = fields[19];
  // A dead process that nobody has asked about yet holds no port.
  if (startedAt === undefined || fields[0] === "Z") return null;
  return { pid, startedAt, commandLine: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() };
}

/** Elsewhere the start time has seconds. */
function fromPs(pid: number): ProcessIdentity | null {
  const options = { encoding: "utf8", env: { ...process.env, LC_ALL: "C" }, stdio: "pipe" } as const;
  const line = execFileSync("ps", ["-ww", "-o", "lstart=,args=", "-p", String(pid)], options).trim();
  const [, startedAt, commandLine] = /^(\w+ +\w+ +\d+ +[\d:]+ +\d+) +(.*)$/s.exec(line) ?? [];
  return startedAt === undefined || commandLine === undefined ? null : { pid, startedAt, commandLine };
}
