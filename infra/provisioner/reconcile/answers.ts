/** Answers commands where they were given. Never in the way of anything: what GitHub does not take is tried again later. */
import { answerTo } from "../../../core/shadow/pull/answers.ts";
import { GitHubUnavailable } from "../github/github.ts";
import { FULL_PASS_MS } from "./pace.ts";
import type { Pass } from "./pass.ts";

/** Older ones were answered by whoever ran then. Repeating an answer changes nothing, so nothing is stored. */
const ANSWERED_FOR_MS = 3_600_000;

/** Once a pass has done what they ask for. */
export async function answerCommands({ loop, memory }: Pass): Promise<void> {
  const pull = memory.view?.pull ?? null;
  if (pull === null || loop.clock.now() < memory.answersFrom) return;
  for (const command of pull.commands) {
    const answer = answerTo(command, pull);
    const isOld = loop.clock.now() - command.at > ANSWERED_FOR_MS;
    if (answer === null || isOld || memory.answered.has(command.id)) continue;
    try {
      await loop.github.react(pull.repository, command.id, answer);
    } catch (error) {
      if (!(error instanceof GitHubUnavailable)) throw error;
      memory.answersFrom = loop.clock.now() + FULL_PASS_MS;
      return;
    }
    memory.answered.add(command.id);
  }
}
