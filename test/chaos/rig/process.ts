/** Memory and open files of a process, from /proc: Linux only. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Resident memory now, bytes. */
export function memory(pid: number): number {
  return field(pid, "VmRSS");
}

/** The most since `resetPeak`, bytes. */
export function peakMemory(pid: number): number {
  return field(pid, "VmHWM");
}

/** proc_pid_clear_refs(5): 5 sets the peak back to what is resident now. */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

function field(pid: number, name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1]) * 1024;
}
