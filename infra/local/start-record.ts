/**
 * What a start has running, written down while it runs: a launcher that is killed cannot end its processes, but the next
 * start can. One file per launcher, gone after an orderly end. Ends nothing unless its start time and command line agree.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { identityOf, type ProcessIdentity, stillRuns } from "./process-identity.ts";
import { endGroup } from "./processes.ts";

const IdentitySchema = z.object({ pid: z.int().min(2), startedAt: z.string().min(1), commandLine: z.string().min(1) });
const RecordSchema = z.object({
  launcher: IdentitySchema,
  /** Each leads a process group of its own. */
  processes: z.array(IdentitySchema.extend({ title: z.string() })),
});
type StoredRecord = z.infer<typeof RecordSchema>;

export interface StartRecord {
  /** Called right after the process was started. */
  add(pid: number | undefined, title: string): void;
  /** Everything has ended. */
  close(): void;
}

/** The record of the running launcher. Where the system does not tell who runs, nothing is recorded. */
export function openRecord(folder: string): StartRecord {
  const launcher = identityOf(process.pid);
  const file = join(folder, `${process.pid}.json`);
  let processes: StoredRecord["processes"] = [];
  return {
    add(pid, title) {
      const identity = pid === undefined ? null : identityOf(pid);
      if (launcher === null || identity === null) return;
      processes = [...processes, { ...identity, title }];
      write(file, { launcher, processes });
    },
    close() {
      processes = [];
      rmSync(file, { force: true });
    },
  };
}

/** A kill in the middle of writing must leave the old record or the new one. */
function write(file: string, record: StoredRecord): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(record));
  renameSync(`${file}.new`, file);
}

/** Ends what launchers that are gone left running. Returns a sentence for each process that was found. */
export async function endLeftovers(folder: string): Promise<readonly string[]> {
  const words: string[] = [];
  for (const { file, record } of recordsIn(folder)) {
    if (record !== null && stillRuns(record.launcher)) continue;
    const left = record?.processes.filter(stillRuns) ?? [];
    const ended = await Promise.all(left.map(endOne));
    words.push(...ended.map(({ text }) => text));
    // What could not be ended stays written down for the start after this one.
    if (ended.every(({ gone }) => gone)) rmSync(file, { force: true });
  }
  return words;
}

async function endOne({ title, ...identity }: ProcessIdentity & { readonly title: string }) {
  const { pid } = identity;
  await endGroup(pid, () => stillRuns(identity));
  const gone = !stillRuns(identity);
  return gone
    ? { gone, text: `Process ${pid} (${title}) of an earlier start, which was killed, still ran. It is ended now.` }
    : {
        gone,
        text: `Process ${pid} (${title}) of an earlier start still runs and could not be ended. End it with: kill -9 -- -${pid}`,
      };
}

/** A sentence for each other start of this checkout that runs: who it is that holds a port. */
export function runningStarts(folder: string): readonly string[] {
  return recordsIn(folder)
    .flatMap(({ record }) => (record !== null && stillRuns(record.launcher) ? [record.launcher.pid] : []))
    .filter((pid) => pid !== process.pid)
    .map((pid) => `Another start of this checkout is running. If it should not be, end it with: kill ${pid}`);
}

function recordsIn(folder: string) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.map((name) => ({ file: join(folder, name), record: read(join(folder, name)) }));
}

/** Null for what is no record: it is of no use to anybody. */
function read(file: string): StoredRecord | null {
  try {
    return RecordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
