/** CPU time of a process, from /proc: Linux only. */
import { readFileSync } from "node:fs";

/** Linux counts in steps of 10 ms for its users (USER_HZ, the same on every architecture Node has a build for). */
const MS_PER_TICK = 10;

/** Places of utime and stime behind the program's name, which may itself contain spaces: proc_pid_stat(5). */
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/** User and system time of a process so far, all threads. Milliseconds. */
export function cpuMs(pid: number): number {
  return cpuOfStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

/** The same from the text of `/proc/<pid>/stat`. */
export function cpuOfStat(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * MS_PER_TICK;
}
