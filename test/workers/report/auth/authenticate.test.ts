/** Who is let in, deployed: Access tokens signed with real keys that a real server publishes, and the service token. */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS } from "../../../../core/wire/api/contract.ts";
import type { Operation } from "../../../../core/wire/api/operation.ts";
import { ProblemSchema } from "../../../../core/wire/problem.ts";
import { type Listening, listen } from "../../../servers/http.ts";
import { type ReportWorker, SERVICE_TOKEN, startReportWorker } from "../report-worker.ts";

const AUDIENCE = "an audience tag";
const ROWS = "/api/deployments";

async function problemCode(response: Response): Promise<string> {
  return `${response.status} ${ProblemSchema.parse(await response.json()).code}`;
}

function everyPath(): readonly Operation[] {
  return Object.values<Operation>(OPERATIONS).filter(({ audience }) => audience !== "anyone");
}

async function callAll(report: ReportWorker, headers: Record<string, string>): Promise<ReadonlySet<string>> {
  const answers = new Set<string>();
  for (const { method, path } of everyPath()) {
    const body = method === "get" || method === "delete" ? undefined : "{}";
    const init = { method: method.toUpperCase(), headers: { "content-type": "application/json", ...headers }, body };
    answers.add(await problemCode(await report.fetch(path.replaceAll(/\{\w+\}/g, "1"), init)));
  }
  return answers;
}

describe("while nothing is configured", () => {
  let report: ReportWorker;
  beforeAll(async () => {
    report = await startReportWorker({
      vars: { SHADOW_INFRA_MODE: "deployed" },
      secrets: { SHADOW_INFRA_SERVICE_TOKEN: "" },
    });
  });
  afterAll(() => report.close());

  test("only /healthz answers", async () => {
    expect(await (await report.fetch("/healthz")).json()).toEqual({ status: "ok" });
    expect(await callAll(report, {})).toEqual(new Set(["503 authentication-not-configured"]));
    expect(await problemCode(await report.fetch("/no-such-path"))).toBe("503 authentication-not-configured");
  });

  test("an empty bearer token lets nobody in", async () => {
    const headers = { authorization: "Bearer " };
    expect(await problemCode(await report.fetch(ROWS, { headers }))).toBe("503 authentication-not-configured");
  });

  test("the answer names the settings that are missing", async () => {
    const problem = ProblemSchema.parse(await (await report.fetch(ROWS)).json());
    for (const name of ["ACCESS_TEAM_DOMAIN", "ACCESS_AUD", "SHADOW_INFRA_SERVICE_TOKEN"])
      expect(problem.detail).toContain(name);
  });
});

describe("with Access and a service token", async () => {
  const keys = await generateKeyPair("RS256");
  const strangers = await generateKeyPair("RS256");
  let access: Listening;
  let report: ReportWorker;

  beforeAll(async () => {
    const published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256" }] };
    access = await listen((request, response) => {
      response.statusCode = request.url === "/cdn-cgi/access/certs" ? 200 : 404;
      response.end(JSON.stringify(published));
    });
    const vars = { SHADOW_INFRA_MODE: "Local", ACCESS_TEAM_DOMAIN: access.url, ACCESS_AUD: AUDIENCE };
    report = await startReportWorker({ vars });
  });
  afterAll(async () => {
    await report.close();
    await access.close();
  });

  function token(claims: JWTPayload = {}, key = keys.privateKey): Promise<string> {
    const in5Minutes = Math.floor(Date.now() / 1000) + 300;
    const payload = { iss: access.url, aud: [AUDIENCE], exp: in5Minutes, email: "reader@example.com", ...claims };
    return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(key);
  }

  async function readWith(jwt: string): Promise<Response> {
    return report.fetch(ROWS, { headers: { "cf-access-jwt-assertion": jwt } });
  }

  test("without either, nothing but /healthz answers, also in a mode that is only nearly called local", async () => {
    expect(await callAll(report, {})).toEqual(new Set(["401 not-authenticated"]));
    expect((await report.fetch(ROWS)).headers.get("www-authenticate")).toBe("Bearer");
    expect((await report.fetch("/healthz")).status).toBe(200);
  });

  test("a person who is signed in reads", async () => {
    expect((await readWith(await token())).status).toBe(200);
  });

  test("a person who is signed in may not do the provisioner's work", async () => {
    const headers = { "cf-access-jwt-assertion": await token() };
    const response = await report.fetch("/api/deployments/1-1-0123456789ab", { method: "DELETE", headers });
    expect(await problemCode(response)).toBe("403 service-token-required");
  });

  test.each([
    ["of another team", async () => token({ iss: "https://another.example.com" })],
    ["for another application", async () => token({ aud: ["another"] })],
    ["that has expired", async () => token({ exp: 1_700_000_000 })],
    ["that never expires", async () => token({ exp: undefined })],
    ["signed by a stranger", async () => token({}, strangers.privateKey)],
    ["that is not signed at all", async () => `${btoa('{"alg":"none"}')}.${(await token()).split(".")[1]}.`],
    ["that is garbage", async () => "garbage"],
  ])("a token %s is refused", async (_, make) => {
    expect(await problemCode(await readWith(await make()))).toBe("401 not-authenticated");
  });

  test("a token signed with the published key as a shared secret is refused", async () => {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
    const claims = { iss: access.url, aud: AUDIENCE, exp: Math.floor(Date.now() / 1000) + 300 };
    const jwt = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret);
    expect(await problemCode(await readWith(jwt))).toBe("401 not-authenticated");
  });

  test("the cookie that Access sets for browsers is not taken for the header", async () => {
    const headers = { cookie: `CF_Authorization=${await token()}` };
    expect(await problemCode(await report.fetch(ROWS, { headers }))).toBe("401 not-authenticated");
  });

  test("the service token reads and writes, a wrong one does neither", async () => {
    expect((await report.service("GET", ROWS)).status).toBe(200);
    expect(await problemCode(await report.service("DELETE", `${ROWS}/none`))).toBe("404 deployment-not-found");
    const headers = { authorization: `Bearer ${SERVICE_TOKEN}x` };
    expect(await problemCode(await report.fetch(ROWS, { headers }))).toBe("401 not-authenticated");
  });
});

test("a team whose keys cannot be fetched is trouble of ours, not the reader's", async () => {
  const vars = { SHADOW_INFRA_MODE: "deployed", ACCESS_TEAM_DOMAIN: "http://127.0.0.1:9", ACCESS_AUD: AUDIENCE };
  const report = await startReportWorker({ vars });
  const { privateKey } = await generateKeyPair("RS256");
  const jwt = await new SignJWT({}).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey);
  const response = await report.fetch(ROWS, { headers: { "cf-access-jwt-assertion": jwt } });
  expect(await problemCode(response)).toBe("503 authentication-unavailable");
  await report.close();
});
