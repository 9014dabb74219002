/** The commit status of a pull request's head. Never in the way of anything: what GitHub does not take is said again later. */

import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import type { Situation } from "../../../core/shadow/pull/steps.ts";
import { type CommitStatus, GitHubUnavailable } from "../github/github.ts";
import type { Pass } from "./pass.ts";
import { statusWords, WORDS } from "./words.ts";

type Said = Pick<CommitStatus, "state" | "description"> | null;

/** Whose turn it is: `pending` waits for something, `success` says that a shadow runs or ran, `failure` wants somebody to change something. */
const STATUS_OF: Readonly<Record<Situation, CommitStatus["state"]>> = {
  "waits-for-approval": "pending",
  unwanted: "pending",
  expired: "pending",
  refused: "failure",
  "waits-for-image": "pending",
  "waits-for-place": "pending",
  unused: "success",
  unasked: "pending",
  progressing: "pending",
  failed: "failure",
  ready: "success",
};

/** A first status announces the commit: from it on its limits of time count, and a fork's approval can be about it. */
export async function announce(pass: Pass): Promise<void> {
  const view = pass.memory.view;
  if (view?.desired.kind !== "run" || view.pull === null || view.pull.announcedAt !== null) return;
  if (pass.memory.status?.sha === view.desired.sha) return;
  await say(pass, { state: "pending", description: WORDS.preparing });
}

export async function saySituation(pass: Pass, situation: Situation, words: string): Promise<void> {
  await say(pass, situation === "unwanted" ? ofUnwanted(pass) : { state: STATUS_OF[situation], description: words });
}

/** A closed pull request needs no words, nor does a draft that never had a shadow. */
function ofUnwanted({ memory: { view } }: Pass): Said {
  if (view === null || view.desired.kind === "run") return null;
  const { code, words } = view.desired;
  if (code === "closed" || (code === "draft" && view.pull?.announcedAt == null)) return null;
  return { state: "pending", description: words };
}

async function say({ loop, memory }: Pass, said: Said): Promise<void> {
  const pull = memory.view?.pull;
  if (said === null || pull == null) return;
  const { repository, number, head } = pull;
  const origin = loop.settings.pagesOrigin;
  const id = deploymentIdOf(repository.id, number, head.sha);
  const status: CommitStatus = {
    state: said.state,
    description: statusWords(number, said.description),
    targetUrl: origin === null ? null : `${origin}/deployments/${id}`,
  };
  const text = JSON.stringify(status);
  if (memory.status?.sha === head.sha && memory.status.text === text) return;
  try {
    await loop.github.setStatus({ fullName: repository.fullName, sha: head.sha }, status);
    memory.status = { sha: head.sha, text };
    memory.statusDue = false;
  } catch (error) {
    if (!(error instanceof GitHubUnavailable)) throw error;
    memory.statusDue = true;
  }
}

/** The report took the deployment for wrong: only GitHub is left to say so. */
export async function sayRefused(pass: Pass, why: string): Promise<void> {
  await say(pass, { state: "failure", description: WORDS.refusedByReport(why) });
}
