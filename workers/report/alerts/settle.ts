/**
 * What a new run means for people.
 * newest runs -> levels of budgets -> what changed since the last telling -> messages, written with the new levels -> sending
 */
import { z } from "zod";
import { type Change, changesOf, isPaged, isTold, LEVELS, levelsAfter } from "../../../core/trends/alerts.ts";
import { pagerDutyEvent } from "../../../core/trends/messages/pagerduty.ts";
import type { RunFacts } from "../../../core/trends/messages/run.ts";
import { slackAlert } from "../../../core/trends/messages/slack.ts";
import { readStored } from "../endpoints/stored.ts";
import { isoTime } from "../endpoints/time.ts";
import { type NewMessage, readSeries, writeTold } from "../store/alerts.ts";
import { type ProbeRow, StoredResultsSchema } from "../store/probes.ts";
import { type AlertContext, deliverMessages } from "./deliver.ts";

/** Each time somebody else was faster, which with a run of CI behind each is rare. */
const ATTEMPTS = 8;

const LevelsSchema = z.record(z.string(), z.enum(LEVELS));

/** Runs of other branches and of pull requests are told to nobody: they are their authors' to look at. Never rejects. */
export async function settleAlerts(context: AlertContext, run: ProbeRow): Promise<void> {
  if (run.branchClass !== "default") return;
  try {
    for (let attempt = 0; attempt < ATTEMPTS && !(await settle(context, run)); attempt += 1);
    await deliverMessages(context);
  } catch (error) {
    console.error(JSON.stringify({ event: "alerts-failed", error: String(error).slice(0, 500) }));
  }
}

/** False: somebody else settled in between, so that everything has to be read again. */
async function settle({ db, env, now }: AlertContext, series: ProbeRow): Promise<boolean> {
  const { levels, version, runs } = await readSeries(db, series);
  const [newest, before] = runs;
  if (newest === undefined) return true;
  const known = readStored(levels, LevelsSchema, {});
  const endpoints = endpointsOf(newest);
  const next = levelsAfter(endpoints, before === undefined ? null : endpointsOf(before), known);
  const changes = changesOf(known, next, endpoints);
  if (changes.length === 0) return true;
  const { repository, service, region } = series;
  const names = { prefix: JSON.stringify([repository, service, region, version + 1]), facts: factsOf(newest) };
  const messages = [
    ...(env.SLACK_WEBHOOK_URL ? slackMessages(changes, names) : []),
    ...(env.PAGERDUTY_ROUTING_KEY ? await pages(changes, names) : []),
  ];
  const writer = crypto.randomUUID();
  const told = { repository, service, region, levels: JSON.stringify(next), version, writer, now };
  return writeTold(db, told, messages);
}

function endpointsOf(run: ProbeRow) {
  return readStored(run.results, StoredResultsSchema.pick({ endpoints: true }), { endpoints: {} }).endpoints;
}

interface Names {
  readonly prefix: string;
  readonly facts: RunFacts;
}

function slackMessages(changes: readonly Change[], { prefix, facts }: Names): readonly NewMessage[] {
  const told = changes.filter(isTold);
  if (told.length === 0) return [];
  const content = JSON.stringify(slackAlert(facts, told));
  return [{ name: `slack ${prefix}`, channel: "slack", topic: "slack", content }];
}

async function pages(changes: readonly Change[], { prefix, facts }: Names): Promise<readonly NewMessage[]> {
  return Promise.all(
    changes.filter(isPaged).map(async (change): Promise<NewMessage> => {
      const { repository, service, region } = facts;
      const key = `shadow-infra/${await hash(JSON.stringify([repository, service, region, change.endpoint, change.budget]))}`;
      const content = JSON.stringify(pagerDutyEvent(facts, change, key));
      return { name: `${key} ${prefix}`, channel: "pagerduty", topic: key, content };
    }),
  );
}

function factsOf({ repository, service, region, branch, commitSha, runAt, results }: ProbeRow): RunFacts {
  const { origin } = readStored(results, StoredResultsSchema.pick({ origin: true }), { origin: {} });
  const url = origin.run_url !== undefined && /^https?:\/\//.test(origin.run_url) ? origin.run_url : null;
  return { repository, service, region, branch, commit: commitSha, at: isoTime(runAt), url };
}

async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
