/** The real client against a server that speaks the report API's contract, its refusals and what comes in their place. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { PROBLEMS, type ProblemCode } from "../../../core/wire/problem.ts";
import { reportClient } from "../../../infra/provisioner/report/client.ts";
import { type Report, ReportRefused, ReportUnavailable } from "../../../infra/provisioner/report/report.ts";
import { aDeployment } from "./deployment.ts";

interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function reportThat(answer: (seen: Seen) => Answer): Promise<{ report: Report; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const line = `${request.method} ${request.url}`;
      const one = { line, headers: request.headers, body: text === "" ? null : JSON.parse(text) };
      seen.push(one);
      const { status, body } = answer(one);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address of that form.
  const { port } = server.address() as AddressInfo;
  const headers = { "CF-Access-Client-Id": "provisioner" };
  return { report: reportClient({ origin: `http://127.0.0.1:${port}`, serviceToken: "service", headers }), seen };
}

function problem(code: ProblemCode, more = {}): Answer {
  const { status, title } = PROBLEMS[code];
  return { status, body: { type: `/docs#${code}`, title, status, code, ...more } };
}

test("every call carries the service token and the operator's headers", async () => {
  const { report, seen } = await reportThat(() => ({ status: 200, body: { items: [], nextCursor: null } }));
  await report.open();
  expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer service", "cf-access-client-id": "provisioner" });
});

describe("lists", () => {
  test("of everything open are read to their last page", async () => {
    const { report, seen } = await reportThat(({ line }) => ({
      status: 200,
      body: line.includes("cursor=next")
        ? { items: [aDeployment({ id: "7-2-b" })], nextCursor: null }
        : { items: [aDeployment({ id: "7-1-a" })], nextCursor: "next" },
    }));
    expect((await report.open()).map(({ id }) => id)).toEqual(["7-1-a", "7-2-b"]);
    expect(seen.map(({ line }) => line)).toEqual([
      "GET /api/deployments?open=true&limit=50",
      "GET /api/deployments?open=true&limit=50&cursor=next",
    ]);
  });

  test("of one pull request name it", async () => {
    const { report, seen } = await reportThat(() => ({ status: 200, body: { items: [], nextCursor: null } }));
    await report.openOf(7, 12);
    expect(seen[0]?.line).toBe("GET /api/pulls/7/12?open=true&limit=50");
  });
});

describe("deliveries", () => {
  const delivery = { id: "delivery", event: "pull_request" };

  test("new ones are recorded", async () => {
    const { report } = await reportThat(() => ({
      status: 201,
      body: { id: "delivery", receivedAt: "2026-01-05T00:00:00Z" },
    }));
    expect(await report.recordDelivery(delivery)).toBe("new");
  });

  test("repeated ones are known", async () => {
    const { report } = await reportThat(() => problem("delivery-known"));
    expect(await report.recordDelivery(delivery)).toBe("known");
  });
});

describe("leases", () => {
  test("of many deployments are renewed with one call, and each that was not says why", async () => {
    const { report, seen } = await reportThat(({ body }) => ({
      status: 200,
      body: {
        // What was sent is the contract's body.
        items: (body as { ids: readonly string[] }).ids.map((id) =>
          id === "lost"
            ? { id, expiresAt: null, problem: "deployment-not-found" }
            : { id, expiresAt: "2026-01-05T00:01:00Z", problem: null },
        ),
      },
    }));
    expect(await report.renew(["a", "lost", "b"])).toEqual(new Map([["lost", "deployment-not-found"]]));
    expect(seen).toHaveLength(1);
  });

  test("of more than a call takes are renewed with two", async () => {
    const { report, seen } = await reportThat(() => ({ status: 200, body: { items: [] } }));
    await report.renew(Array.from({ length: 201 }, (_, n) => String(n)));
    expect(seen).toHaveLength(2);
  });
});

describe("what the API refuses is final", () => {
  test("with its code and its words, and where it is wrong", async () => {
    const { report } = await reportThat(() =>
      problem("invalid-request", { errors: [{ at: "shadowOrigin", message: "is under no suffix" }] }),
    );
    const refused = await report.setState("7-1-a", { state: "ready" }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ReportRefused);
    expect(refused).toMatchObject({
      code: "invalid-request",
      message: expect.stringContaining("shadowOrigin: is under no suffix"),
    });
  });

  test("but closing what is not there is done", async () => {
    const { report, seen } = await reportThat(() => problem("deployment-not-found"));
    await expect(report.close("7-1-a")).resolves.toBeUndefined();
    expect(seen[0]?.line).toBe("DELETE /api/deployments/7-1-a");
  });
});

describe("what passes is unavailable", () => {
  test.each<[string, Answer]>([
    ["a registry that did not answer", problem("registry-unavailable")],
    ["an error of the server", problem("internal")],
    ["a token that is not accepted", problem("not-authenticated")],
    ["another server's page", { status: 404, body: "<html>Not found</html>" }],
    ["a sign-in page", { status: 302, body: "" }],
    ["an answer of another form", { status: 200, body: { hello: "there" } }],
  ])("%s", async (_, answer) => {
    const { report } = await reportThat(() => answer);
    await expect(report.open()).rejects.toBeInstanceOf(ReportUnavailable);
  });

  test("nobody who listens", async () => {
    const report = reportClient({ origin: "http://127.0.0.1:1", serviceToken: "service", headers: {} });
    await expect(report.open()).rejects.toThrow("GET /api/deployments could not be sent to the report");
  });
});
