/** Sends requests with credentials through the tee and keeps everything that arrived at the shadow. */
import type { IncomingMessage } from "node:http";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { type Stack, startStack } from "../flow/stack.ts";
import { pause, waitFor } from "../servers/wait-for.ts";
import { IDENTITIES, requestWithCredentials, USERS_OWN, type WithCredentials, write } from "./credentials.ts";

export interface CredentialOutcome {
  readonly requests: number;
  readonly mirrored: number;
  /** Statuses that clients got, each once. */
  readonly statuses: readonly number[];
  /** What reached the shadow although it is a user's own. */
  readonly leaked: readonly string[];
  /** Requests with mapped credentials alone, and those of them that did not arrive with all of their test identities. */
  readonly mapped: number;
  readonly withoutIdentity: readonly number[];
  readonly ledger: Ledger;
}

interface Arrived {
  /** Request line and headers, as they came. */
  readonly text: string;
  readonly headers: IncomingMessage["headers"];
}

const CLIENTS = 6;

export async function runCredentials(count: number, say: (line: string) => void): Promise<CredentialOutcome> {
  const arrived = new Map<string, Arrived>();
  const stack = await startStack({
    prod: (_, response) => response.setHeader("content-type", "text/plain").end("ok"),
    shadow: (request, response) => {
      const { method, url = "", rawHeaders, headers } = request;
      arrived.set(url, { text: [method, url, ...rawHeaders].join("\n"), headers });
      response.setHeader("content-type", "text/plain").end("ok");
    },
    deployment: { credentials: { ...IDENTITIES } },
  });
  try {
    const warm = await warmUp(stack, arrived);
    const requests = Array.from({ length: count }, (_, n) => requestWithCredentials(n));
    const statuses = await sendAll(stack, requests, say);
    const ledger = await stack.accounted(count);
    say(`${warm} requests before the first table, ${JSON.stringify(ledger)}`);
    return { ...seenBy(requests, arrived), requests: count, statuses, ledger };
  } finally {
    await stack.close();
  }
}

async function warmUp(stack: Stack, arrived: ReadonlyMap<string, Arrived>): Promise<number> {
  let sent = 0;
  return waitFor(async () => {
    await (await stack.client("/warm")).text();
    sent += 1;
    await pause(100);
    return arrived.has("/warm") ? sent : undefined;
  }, "the first mirrored request");
}

async function sendAll(stack: Stack, requests: readonly WithCredentials[], say: (line: string) => void) {
  const statuses = new Set<number>();
  const left = [...requests];
  const port = Number(stack.url.port);
  const client = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      statuses.add(await write(port, next.text));
      if (next.n % 1_000 === 0) say(`${next.n} requests sent`);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return [...statuses];
}

function seenBy(requests: readonly WithCredentials[], arrived: ReadonlyMap<string, Arrived>) {
  const mapped = requests.filter((one) => one.mapped.length > 0);
  const hasAll = ({ n, mapped: names }: WithCredentials): boolean =>
    names.every((name) => arrived.get(`/r/${n}`)?.headers[name] === IDENTITIES[name]);
  return {
    mirrored: arrived.size,
    leaked: [...arrived.values()].map(({ text }) => text).filter((text) => text.includes(USERS_OWN)),
    mapped: mapped.length,
    withoutIdentity: mapped.filter((one) => !hasAll(one)).map(({ n }) => n),
  };
}
