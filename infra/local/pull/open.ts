/**
 * A pull request's life in a local start, as a person would lead it: it is opened, its shadow is waited for, and at the end it is closed
 * and everything of it goes. All in between is the provisioner's.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import type { LocalPull } from "../github/stand-in.ts";
import { ChildFailed } from "../processes.ts";
import { type ReportApi, readDeployment } from "../report-api.ts";
import type { Screen } from "../screen.ts";
import type { Change } from "./change.ts";
import type { LocalProvisioner } from "./provisioner.ts";

export interface OpenedPull {
  /** The deployment of its head commit, which is mirrored to. */
  readonly id: string;
  /** Closes it and waits until nothing of it is left. The data stays. */
  readonly close: () => Promise<void>;
}

export interface Opening {
  readonly change: Change;
  readonly provisioner: LocalProvisioner;
  readonly api: ReportApi;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/** An example starts in a second; a machine at its limits takes longer, and a minute means that it will not come. */
const READY_LIMIT_MS = 60_000;
/** A closing that takes longer is given up: the lease ends by itself, and processes are ended with the start. */
const CLOSE_LIMIT_MS = 3_000;
const POLL_MS = 20;
const SHOWN_LOG_LINES = 15;

/** Each start is a commit of its own, and so a deployment of its own. What was collected before stays beside it. */
export async function openPull(opening: Opening): Promise<OpenedPull> {
  const { change, provisioner, screen } = opening;
  const began = Date.now();
  provisioner.begin();
  const { repository } = provisioner;
  const pull = repository.openPull({
    title: change.title,
    branch: change.branch,
    sha: randomBytes(20).toString("hex"),
    files: { "README.md": `# ${change.title}\n` },
  });
  screen.say(`Pull request #${pull.number} of ${change.repository.fullName} opened`);
  if (change.version.kind === "address") repository.deploy(pull.headSha(), { url: change.version.url });
  const id = deploymentIdOf(repository.id, pull.number, pull.headSha());
  await untilMirrored(opening, id);
  screen.say(`Shadow ready in ${secondsSince(began)} s`);
  return { id, close: () => closePull(pull, opening) };
}

/** Its first lease is what traffic waits for. Fails with the reason where the shadow did. */
async function untilMirrored({ provisioner, api, signal }: Opening, id: string): Promise<void> {
  for (const until = Date.now() + READY_LIMIT_MS; ; ) {
    signal.throwIfAborted();
    const { leases, stacks, unavailable } = provisioner.standing();
    if (leases.renewed > 0) return;
    if (stacks.failed > 0) await failIfFailed(api, id);
    if (Date.now() > until)
      throw new ChildFailed(
        [
          `The shadow was not ready within ${READY_LIMIT_MS / 1_000} s.`,
          ...Object.values(unavailable),
          whereToLook(provisioner),
        ].join("\n"),
      );
    await sleep(POLL_MS);
  }
}

async function failIfFailed(api: ReportApi, id: string): Promise<void> {
  const { state, stateReason, stack } = await readDeployment(api, id);
  if (state !== "failed") return;
  const lines = stack?.log?.trimEnd().split("\n").slice(-SHOWN_LOG_LINES) ?? [];
  throw new ChildFailed(
    [`The shadow failed: ${stateReason ?? "no reason was given"}`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}

async function closePull(pull: LocalPull, { provisioner, screen }: Opening): Promise<void> {
  const began = Date.now();
  pull.close();
  for (const until = began + CLOSE_LIMIT_MS; provisioner.standing().pulls > 0; ) {
    if (Date.now() > until) return;
    await sleep(POLL_MS);
  }
  screen.say(`Pull request #${pull.number} closed, its shadow is gone after ${secondsSince(began)} s`);
}

function whereToLook({ logFile }: LocalProvisioner): string {
  return `What the webhook service did: ${logFile}`;
}

function secondsSince(began: number): string {
  return ((Date.now() - began) / 1_000).toFixed(1);
}
