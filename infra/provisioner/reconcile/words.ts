/** What the loop says to people, in the report and in commit statuses: what happened, why, what to do. */
import { announcementOf } from "../../../core/shadow/pull/announcement.ts";

export const WORDS = {
  preparing: "Preparing the shadow of this commit.",
  starting: "Starting.",
  replaced: "Replaced by a newer commit of the pull request.",
  noPlace: (most: number) =>
    `Waits for a free place: ${most} stacks run already, which is the operator's limit. It starts by itself when one ends.`,
  expired:
    'Removed because its time to live is over. A push or "/shadow retry" brings it back; the label shadow-keep keeps one.',
  unused: 'Scaled to nothing because no requests were mirrored for a while. "/shadow retry" or a push wakes it.',
  running: (services: number) => `Shadow is running: ${services} ${services === 1 ? "service" : "services"}.`,
  isStarting: (words: string) => `Starting the shadow: ${words}`,
  waitsFor: (words: string) => `Waiting: ${words}`,
  baseMayComeBack: (words: string) => `The base stack, which it is compared with, failed and is waited for: ${words}`,
  withoutBase: (words: string) =>
    `Compared with production instead: the base stack does not run${words === "" ? "." : `: ${words}`} It is tried again with the next push or "/shadow retry".`,
  tooLate: (limitMs: number, words: string) =>
    `Not running after ${Math.round(limitMs / 60_000)} min: ${words} It is looked at every minute; "/shadow retry" starts it anew.`,
  baseIsStarting: (words: string) => `The base stack is starting: ${words}`,
  noDriver: (name: string) =>
    `The driver ${name} is not enabled here: ask the operator, or set another in .shadow-infra.yml.`,
  gone: "The pull request does not exist any more.",
  notServed: "This repository is not served here any more.",
  teardownFailed: (why: string) => `Something of its stack is left and is removed again and again: ${why}`,
  refusedByReport: (why: string) => `The report refused this deployment: ${why}`,
  leasesUnknown: "The report does not answer: stacks are removed once every lease must have run out.",
  deploymentsUnknown: "The report does not answer: its deployments are closed when it does.",
  driverAway: (why: string) => `Waits for the driver: ${why}`,
  leaseRefused: (problem: string) => `The lease of a ready deployment was refused: ${problem}.`,
} as const;

/** A commit status' words; they name the pull request, because a commit can be the head of several. */
export function statusWords(pr: number, words: string): string {
  return `${announcementOf(pr)}${words}`;
}
