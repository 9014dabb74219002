/** Real servers for tests of `shadow-infra replay`, on free ports, and what a replay against them wrote. */
import { createServer, type Server as NodeServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { serverAt } from "../../../cli/replay/ask.ts";
import { freshRedactor } from "../../../cli/replay/pair.ts";
import { type Replaying, replay } from "../../../cli/replay/replay.ts";
import { openRecording } from "../../../cli/replay/requests.ts";
import type { Pair } from "../../../core/pair/pair.ts";
import { DEFAULT_RULES } from "../../../core/redact/rules.ts";

export interface Listening extends AsyncDisposable {
  readonly url: URL;
}

export async function listening(answer: RequestListener): Promise<Listening> {
  return started(createServer(answer));
}

export async function started(server: NodeServer): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface Replayed {
  readonly pairs: readonly Pair[];
  readonly sent: Awaited<ReturnType<typeof replay>>;
  readonly malformed: readonly (readonly [number, string])[];
}

type Changes = Partial<Pick<Replaying, "timeoutMs" | "controlShare" | "travel" | "stop" | "pace">>;

/** Replays the text of a recording. */
export async function replayed(
  text: string,
  {
    prod,
    shadow,
    base,
    headers = [],
  }: {
    readonly prod: URL;
    readonly shadow: URL;
    readonly base?: URL;
    readonly headers?: readonly (readonly [string, string])[];
  },
  changes: Changes = {},
): Promise<Replayed> {
  const recording = await openRecording({ open: () => chunksOf(text) });
  if (!recording.ok) throw new Error(recording.detail);
  const at = (url: URL) => serverAt(url, headers, 16);
  const servers = { prod: at(prod), shadow: at(shadow), base: base === undefined ? null : at(base) };
  const pairs: Pair[] = [];
  const malformed: [number, string][] = [];
  const sent = await replay({
    recording: recording.value,
    servers,
    redactor: freshRedactor(),
    redaction: DEFAULT_RULES,
    travel: { unsafe: false, keepCredentials: false, hosts: null },
    pace: { rate: 0, concurrency: 8 },
    timeoutMs: 5_000,
    controlShare: 0,
    stop: new AbortController(),
    write: (pair) => {
      pairs.push(pair);
      return Promise.resolve();
    },
    malformed: (number, reason) => void malformed.push([number, reason]),
    progress: () => {},
    ...changes,
  });
  for (const server of [servers.prod, servers.shadow, servers.base]) server?.agent.destroy();
  return { pairs, sent, malformed };
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
