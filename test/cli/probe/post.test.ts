/** Results on their way to the report API; a stand-in of it answers on a real port. */
import { expect, it } from "vitest";
import { postResults } from "../../../cli/probe/post.ts";
import { type ProbeResults, ProbeResultsSchema } from "../../../core/wire/api/probes.ts";
import { freePort } from "../../servers/free-port.ts";
import { listen } from "../../servers/http.ts";
import { json } from "./servers.ts";

const RESULTS: ProbeResults = {
  timestamp: "2026-01-02T03:04:05.000Z",
  base_url: "http://localhost:8001",
  iterations: 1,
  endpoints: {},
};

async function posted(status: number, answer: unknown, token?: string) {
  let got = { line: "", authorization: "", body: "" };
  const server = await listen((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      got = { line: `${request.method} ${request.url}`, authorization: request.headers.authorization ?? "", body };
      json(response, answer, status);
    });
  });
  const failure = await postResults(new URL(server.url), token, RESULTS);
  await server.close();
  return { failure: failure?.replace(server.url, "URL") ?? null, got };
}

it("results are posted as they are in the file, with the service's token", async () => {
  const { failure, got } = await posted(201, {}, "open-sesame");
  expect([failure, got.line, got.authorization]).toEqual([null, "POST /api/probes", "Bearer open-sesame"]);
  expect(ProbeResultsSchema.parse(JSON.parse(got.body))).toEqual(RESULTS);
});

it("a refusal is told with its reason and what to do, never with the token", async () => {
  expect((await posted(401, { detail: "Sign in." })).failure).toBe(
    "URL/api/probes answered 401: Sign in. Set SHADOW_INFRA_SERVICE_TOKEN.",
  );
  expect((await posted(401, {}, "open-sesame")).failure).toBe(
    "URL/api/probes answered 401. SHADOW_INFRA_SERVICE_TOKEN is not its service token.",
  );
  expect((await posted(500, "no problem document")).failure).toBe("URL/api/probes answered 500.");
});

it("nobody there is told too", async () => {
  const failure = await postResults(new URL(`http://127.0.0.1:${await freePort()}`), undefined, RESULTS);
  expect(failure).toMatch(/\/api\/probes cannot be reached: .*ECONNREFUSED/);
});
