/** A stand-in of GitHub for a test, a caller of its API, and a webhook that writes down what it is sent. */
import { createServer } from "node:http";
import { afterEach } from "vitest";
import type { GitHubOptions, LocalGitHub } from "../../../infra/local/github/stand-in.ts";
import { startGitHub } from "../../../infra/local/github/start.ts";

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** Closed after the test. */
export async function standIn(options: GitHubOptions = {}): Promise<LocalGitHub> {
  const github = await startGitHub(options);
  endings.push(() => github.close());
  return github;
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** By the token, unless headers say otherwise. */
export async function call(github: LocalGitHub, route: string, init: RequestInit = {}): Promise<Called> {
  const [method = "GET", path = "/"] = route.split(" ");
  const url = path.startsWith("http") ? path : `${github.origin}${path}`;
  const headers = new Headers(init.headers);
  if (!headers.has("authorization")) headers.set("authorization", `token ${github.token}`);
  const answer = await fetch(url, { redirect: "manual", ...init, method, headers });
  const text = await answer.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { status: answer.status, headers: answer.headers, body };
}

export interface Received {
  readonly id: string;
  readonly event: string;
  readonly signature: string;
  readonly body: string;
}

export interface Webhook {
  readonly url: string;
  readonly received: readonly Received[];
  /** What it answers from now on. */
  answer: number;
}

export async function webhook(): Promise<Webhook> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { headers } = request;
      received.push({
        id: String(headers["x-github-delivery"]),
        event: String(headers["x-github-event"]),
        signature: String(headers["x-hub-signature-256"]),
        body: Buffer.concat(chunks).toString("utf8"),
      });
      response.writeHead(hook.answer).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  endings.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const hook: Webhook = { url: `http://127.0.0.1:${port}/webhook`, received, answer: 202 };
  return hook;
}
