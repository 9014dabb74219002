/** The runs that budgets are proposed from: of the report API, or of results files that the probe wrote. */
import { readFile } from "node:fs/promises";
import type { EndpointFigures } from "../../core/budgets/suggest.ts";
import { type ProbeResults, ProbeResultsSchema } from "../../core/wire/api/probes.ts";
import { type Trends, TrendsSchema } from "../../core/wire/api/trends.ts";
import { causeOf, messageOf } from "../error-text.ts";
import { type Failure, undecided, wrongUsage } from "./failure.ts";

const TIMEOUT_MS = 15_000;

export interface HistoryOptions {
  /** Of the report API; without it the files are read. */
  readonly from?: URL;
  readonly files: readonly string[];
  readonly service?: string;
  readonly repository?: string;
  /** Without it: the default branch of the API, and everything but pull requests of files. */
  readonly branch?: string;
  /** The newest that count: of each endpoint of the API, of all files together. */
  readonly runs: number;
  /** Lets in where the API asks for it. */
  readonly token: string | undefined;
}

export interface History {
  /** Oldest first. */
  readonly figures: readonly EndpointFigures[];
  readonly source: string;
}

type Got = History | Failure;

export function readHistory(options: HistoryOptions): Promise<Got> {
  return options.from === undefined ? fromFiles(options) : fromApi(options.from, options);
}

async function fromApi(api: URL, options: HistoryOptions): Promise<Got> {
  const { service, repository, branch, runs, token } = options;
  const asked = Object.entries({ service, repository, branch, runs: String(runs) }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const address = `${api.href.replace(/\/$/, "")}/api/trends`;
  const got = await trendsAt(`${address}?${new URLSearchParams(asked).toString()}`, token);
  if ("message" in got) return { ...got, message: `${address} ${got.message}` };
  const owners = got.items.map(({ service: of, repository: its }) => ({ service: of, repository: its }));
  const several = severalOwners(owners);
  if (several !== null) return several;
  const figures = got.items.flatMap(({ endpoint, points }) =>
    points.map((point) => ({ endpoint, figures: point.figures })),
  );
  return { figures, source: `${address}, ${branch === undefined ? "the default branch" : `branch ${branch}`}` };
}

async function trendsAt(url: string, token: string | undefined): Promise<Trends | Failure> {
  const authorization = token === undefined || token === "" ? {} : { authorization: `Bearer ${token}` };
  try {
    const headers = { accept: "application/json", ...authorization };
    const answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!answer.ok) return undecided(`answered ${answer.status}.${adviceFor(answer.status)}`);
    const parsed = TrendsSchema.safeParse(await answer.json());
    return parsed.success ? parsed.data : undecided("does not answer like a report API of this version.");
  } catch (error) {
    if (error instanceof SyntaxError) return undecided("does not answer like a report API of this version.");
    return undecided(`cannot be reached: ${causeOf(error)}.`);
  }
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return " Set SHADOW_INFRA_SERVICE_TOKEN to its service token.";
  return status === 404 ? " Is it the address of the report API, without a path?" : "";
}

async function fromFiles(options: HistoryOptions): Promise<Got> {
  const all: ProbeResults[] = [];
  for (const path of options.files) {
    const read = await resultsIn(path);
    if ("message" in read) return read;
    all.push(read);
  }
  const once = [
    ...new Map(all.map((run) => [JSON.stringify([run.timestamp, run.base_url, run.origin]), run])).values(),
  ];
  const wanted = once.filter((run) => isWanted(run, options));
  const owners = wanted.map(({ origin }) => ({
    service: origin?.service ?? null,
    repository: origin?.repository ?? null,
  }));
  const several = severalOwners(owners);
  if (several !== null) return several;
  const newest = wanted
    .toSorted((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp))
    .slice(-options.runs);
  const figures = newest.flatMap(({ endpoints }) =>
    Object.entries(endpoints).map(([endpoint, own]) => ({ endpoint, figures: own })),
  );
  return { figures, source: `${newest.length} of ${options.files.length} results files` };
}

async function resultsIn(path: string): Promise<ProbeResults | Failure> {
  try {
    const parsed = ProbeResultsSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
    return wrongUsage(`${path} holds no results of shadow-infra probe${where}.`);
  } catch (error) {
    return wrongUsage(`Cannot read ${path}: ${messageOf(error)}.`);
  }
}

/** A pull request's own runs say what it wants to be allowed; they count only where its branch is asked for. */
function isWanted({ origin = {} }: ProbeResults, { service, repository, branch }: HistoryOptions): boolean {
  if (branch === undefined ? origin.pull !== undefined : origin.branch !== branch) return false;
  return [
    [service, origin.service],
    [repository, origin.repository],
  ].every(([asked, own]) => asked === undefined || asked === own);
}

interface Owner {
  readonly service: string | null;
  readonly repository: string | null;
}

/** Budgets of two services have nothing to do with each other. */
function severalOwners(owners: readonly Owner[]): Failure | null {
  for (const key of ["service", "repository"] as const) {
    const names = [...new Set(owners.map((owner) => owner[key] ?? "(unnamed)"))].toSorted();
    const kinds = key === "service" ? "services" : "repositories";
    if (names.length > 1)
      return wrongUsage(`The history is of several ${kinds}: ${names.join(", ")}. Choose one with --${key}.`);
  }
  return null;
}
