/** How a command is answered, so that whoever gave it sees whether it counted. Pure, and the same whenever it is asked for one head. */
import { readCommand } from "./commands.ts";
import type { CommandFacts, PullFacts } from "./facts.ts";
import { approves, forkStanding } from "./fork.ts";

/** Of GitHub's reactions: carried out, and refused. */
export type CommandAnswer = "+1" | "confused";

const OURS = /^\/shadow\s+(?:retry|stop|approve-fork)(?:\s|$)/i;

/** Null: not ours to answer, or about a head that is gone. */
export function answerTo(command: CommandFacts, pull: PullFacts): CommandAnswer | null {
  if (!OURS.test(command.text)) return null;
  const read = readCommand(command.text);
  if (!command.canWrite || read === null) return "confused";
  if (read.kind !== "approve-fork") return "+1";
  if (forkStanding(pull).kind === "own") return "confused";
  if (approves(read, pull, command.at)) return "+1";
  // What stood announced when it was written was not what it names; what was announced later it could not know.
  return pull.announcedAt !== null && command.at > pull.announcedAt ? "confused" : null;
}
