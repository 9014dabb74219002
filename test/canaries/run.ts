/**
 * Thousands of secrets through the real Workers, and then a search for them everywhere:
 *   generate -> send through the tee -> queue, judge, ask the model, store -> look into every place.
 * An ordinary text travels with them in every carrier. It must be found wherever values are, or the search has not looked there.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { PairListSchema } from "../../core/wire/api/pairs.ts";
import { DEPLOYMENT_ID, type Stack, startStack } from "../flow/stack.ts";
import { listen } from "../servers/http.ts";
import { startMessagesApi } from "../standins/messages-api.ts";
import { spellings } from "./carriers.ts";
import { BATCH, CUT_CHARS, cutExchanges, type Exchange, exchangesOf } from "./exchanges.ts";
import { looksOf } from "./looks.ts";
import { ordinaryExchanges, replacedIn, valuesIn } from "./ordinary-exchanges.ts";
import { type Origins, originsOf } from "./origins.ts";
import { answersOf, bucketOf, databaseOf, filesIn, logOf, messagesOf, type Place, sayInLog } from "./places.ts";
import { type Search, searchFor } from "./search.ts";
import { canaries } from "./secrets.ts";
import { send, warmUp } from "./traffic.ts";

/** Travels in every carrier and is no secret. */
const MARKER = "pelicans-on-plain-days";

/** What shows of a place: how many bytes were searched, the secrets found there, and whether the marker was. */
export interface Searched {
  bytes: number;
  readonly secrets: Set<string>;
  hasMarker: boolean;
}

export interface Outcome {
  readonly secrets: number;
  readonly requests: number;
  readonly ledger: Ledger;
  readonly places: ReadonlyMap<Place, Searched>;
  readonly ordinary: { readonly values: number; readonly replaced: readonly string[] };
}

/** What the tee keeps of an answer (`workers/tee/capture/answer.ts`); more of them would be most of what is searched. */
const KEPT_BYTES = 256 * 1024;
const CUT_EXCHANGES = 12;

/** Of a secret that was cut there is less; so much of its end is not looked for. */
const UNSOUGHT_CHARS = CUT_CHARS + 2;

/** Shorter ones stand in ordinary text by chance. */
const MIN_SOUGHT_CHARS = 8;

/** `say` gets a line now and then. */
export async function runCanaries(count: number, say: (line: string) => void): Promise<Outcome> {
  const made = canaries(count);
  say(`${made.length} secrets made`);
  const batches = Array.from({ length: Math.ceil(count / (BATCH - 1)) }, (_, at) =>
    made.slice(at * (BATCH - 1), (at + 1) * (BATCH - 1)).map(({ text }) => text),
  );
  const carried = exchangesOf(batches.flatMap((batch) => [...batch, MARKER]));
  const cut = cutExchanges(
    made.slice(0, CUT_EXCHANGES).map(({ text }) => text),
    KEPT_BYTES,
    carried.length,
  );
  const ordinary = ordinaryExchanges(carried.length + cut.length);
  const all = [...carried, ...cut, ...ordinary];
  const sought = made.flatMap(({ secret }) => [...spellings(secret), ...spellings(shortened(secret))]);
  const search = searchFor([...sought, ...spellings(MARKER)].filter((text) => text.length >= MIN_SOUGHT_CHARS));
  return withStack(all, search, { secrets: made.length, ordinary, say });
}

function shortened(secret: string): string {
  return secret.length < MIN_SOUGHT_CHARS + UNSOUGHT_CHARS ? secret : secret.slice(0, -UNSOUGHT_CHARS);
}

interface Ordinary {
  readonly secrets: number;
  readonly ordinary: readonly Exchange[];
  readonly say: (line: string) => void;
}

/** All that the runtime writes lies in a folder of this run's own, because that is where temporary files are meant to be. */
async function withStack(all: readonly Exchange[], search: Search, run: Ordinary): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "canaries-"));
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  const origins = originsOf(new Map(all.map((exchange) => [exchange.n, exchange])));
  const model = await startMessagesApi();
  const base = await listen(origins.base);
  const stack = await startStack({
    prod: origins.prod,
    shadow: origins.shadow,
    deployment: {
      methods: ["GET", "POST"],
      controlShare: 1,
      credentials: { authorization: "Bearer test-identity", cookie: "session=test-identity" },
      base: { origin: base.url, deploymentId: "7-base-0123456789ab", againShare: 0.5 },
      // Never matches: it is only stored, for the search of the files.
      mirror: { exclude: [`/${MARKER}`] },
    },
    compareVars: { ANTHROPIC_BASE_URL: model.url },
    compareSecrets: { ANTHROPIC_API_KEY: "key-for-a-stand-in" },
  });
  try {
    const places = new Map<Place, Searched>();
    const look = (place: Place, bytes: Buffer): void => note(places, place, { bytes, found: search(bytes) });
    const { ledger, replaced } = await drive(stack, { all, origins, look, ...run });
    for await (const bytes of databaseOf(stack)) look("database", bytes);
    for await (const bytes of bucketOf(stack)) look("bucket", bytes);
    run.say("database and bucket searched");
    for await (const bytes of answersOf(stack)) look("api", bytes);
    run.say("answers of the API searched");
    look("model", Buffer.from(JSON.stringify(model.requests)));
    for (const bytes of await looksOf(stack, await markedPair(stack))) look("pages", bytes);
    await sayInLog(stack, MARKER);
    look("log", logOf(stack));
    for (const bytes of filesIn(folder)) look("files", bytes);
    const values = run.ordinary.flatMap(({ prod }) => valuesIn(prod.body)).length;
    return { secrets: run.secrets, requests: all.length, ledger, places, ordinary: { values, replaced } };
  } finally {
    await stack.close();
    await Promise.all([model.close(), base.close()]);
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

function note(
  places: Map<Place, Searched>,
  place: Place,
  { bytes, found }: { bytes: Buffer; found: ReadonlySet<string> },
): void {
  const searched = places.get(place) ?? { bytes: 0, secrets: new Set<string>(), hasMarker: false };
  places.set(place, searched);
  searched.bytes += bytes.length;
  for (const text of found)
    if (MARKERS.has(text)) searched.hasMarker = true;
    else searched.secrets.add(text);
}

const MARKERS: ReadonlySet<string> = new Set(spellings(MARKER));

/** A pair whose kept answers show the marker in plain JSON. */
async function markedPair(stack: Stack): Promise<string> {
  const { items } = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/pairs?limit=200`, PairListSchema);
  const id = items.find(({ path }) => path.includes(MARKER))?.id ?? items[0]?.id;
  if (id === undefined) throw new Error("no pair was stored");
  return id;
}

interface Drive extends Ordinary {
  readonly all: readonly Exchange[];
  readonly origins: Origins;
  readonly look: (place: Place, bytes: Buffer) => void;
}

async function drive(stack: Stack, { all, origins, look, ordinary, say }: Drive) {
  await messagesOf(stack);
  const replaced: string[] = [];
  const sentOf = new Map(ordinary.map(({ n, prod }) => [n, prod.body]));
  const between = async (): Promise<void> => {
    for (const message of await messagesOf(stack)) {
      look("queue", message);
      replaced.push(...replacedIn(message.toString(), sentOf));
    }
    say(`${origins.mirrored.size} of ${all.length} requests mirrored`);
  };
  const warm = await warmUp({ stack, mirrored: origins.mirrored });
  await send(all, { stack, mirrored: origins.mirrored, between });
  const ledger = await stack.accounted(all.length).catch(() => stack.accounted(all.length));
  say(`${warm} requests before the first table, ${JSON.stringify(ledger)}`);
  await between();
  return { ledger, replaced };
}
