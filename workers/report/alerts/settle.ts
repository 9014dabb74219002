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
import { sha256Hex } from "../sha256.ts";
import { type NewMessage, readRecentSeries, readSeries, type Series, writeTold } from "../store/alerts.ts";
import { type ProbeRow, StoredResultsSchema } from "../store/probes.ts";
import { type AlertContext, deliverMessages } from "./deliver.ts";

/** Each time somebody else was faster, which with a run of CI behind each is rare. */
const ATTEMPTS = 8;
/** Twice the time between two looks. */
const RECENT_MS = 2 * 60 * 60 * 1_000;

const LevelsSchema = z.record(z.string(), z.enum(LEVELS));

/** Runs of other branches and of pull requests are told to nobody: they are their authors' to look at. Never rejects. */
export async function settleAlerts(context: AlertContext, run: ProbeRow): Promise<void> {
  if (run.branchClass !== "default") return;
  await settleSeries(context, run);
  await deliverMessages(context).catch(logged);
}

/** Levels are made of the newest runs, so that doing it again changes nothing, and makes up for a Worker that ended too early. */
export async function settleRecent(context: AlertContext): Promise<void> {
  for (const series of await readRecentSeries(context.db, context.now - RECENT_MS)) await settleSeries(context, series);
}

/** What nobody can be told is not noted as told: who sets a channel up hears of what lasts with the next run. */
async function settleSeries(context: AlertContext, series: Series): Promise<void> {
  if (!context.env.SLACK_WEBHOOK_URL && !context.env.PAGERDUTY_ROUTING_KEY) return;
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) if (await settle(context, series)) return;
  } catch (error) {
    logged(error);
  }
}

function logged(error: unknown): void {
  console.error(JSON.stringify({ event: "alerts-failed", error: String(error).slice(0, 500) }));
}

/** False: somebody else settled in between, so that everything has to be read again. */
async function settle({ db, env, now }: AlertContext, series: Series): Promise<boolean> {
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
      const key = `shadow-infra/${await sha256Hex(JSON.stringify([repository, service, region, change.endpoint, change.budget]))}`;
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
