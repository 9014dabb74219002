/** The processes that run on this machine, as Linux tells them. Elsewhere nobody asks. */
import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  readonly pid: number;
  /** The number of its process group. */
  readonly group: number;
}

/** Without those that have ended and wait for their parent to notice. */
export function processes(): readonly RunningProcess[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? fromStat(Number(name)) : []));
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 3 is the state, field 5 the process group. */
function fromStat(pid: number): readonly RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in field 2 may hold spaces and brackets: counted from its end.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? [] : [{ pid, group: Number(fields[2]) }];
  } catch {
    // It has ended in between.
    return [];
  }
}
