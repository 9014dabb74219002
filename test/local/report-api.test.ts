/** The report API's client: what it sends, what it repeats, and in which words it fails. */
import { afterEach, describe, expect, test } from "vitest";
import { newReportApi, ReportApiFailed, readDrifts, readLedger, readRoutes } from "../../infra/local/report-api.ts";
import { freePort } from "../servers/free-port.ts";
import { EMPTY_LEDGER } from "../standins/ledger.ts";
import { drift } from "./report.ts";
import { type ScriptedApi, scriptedApi } from "./scripted-api.ts";

const open: ScriptedApi[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function answering(...[answer]: Parameters<typeof scriptedApi>): Promise<ScriptedApi> {
  const scripted = await scriptedApi(answer);
  open.push(scripted);
  return scripted;
}

test("every start has a token of its own, and what is read is asked for in its name", async () => {
  const [one, other] = [newReportApi(8001), newReportApi(8001)];
  expect(one.origin).toBe("http://127.0.0.1:8001");
  expect(one.serviceToken).not.toBe(other.serviceToken);
  expect(newReportApi(8001, "chosen").serviceToken).toBe("chosen");
  const { api, calls, lines } = await answering(() => ({ body: { items: [] } }));
  await readRoutes(api, "1-2-0123456789ab");
  expect(lines()).toEqual(["GET /api/deployments/1-2-0123456789ab/routes"]);
  expect(calls[0]?.authorization).toBe("Bearer of this test");
});

test("answers are read by the contract's schemas", async () => {
  const { api } = await answering(({ line }) => ({
    body: line.endsWith("/ledger") ? EMPTY_LEDGER : { items: [drift({})] },
  }));
  expect(await readLedger(api, "1")).toEqual(EMPTY_LEDGER);
  expect(await readDrifts(api, "1")).toEqual([drift({})]);
});

describe("what is repeated", () => {
  test("a failure of the server's is, until it answers", async () => {
    const { api, calls } = await answering((_, before) => (before < 2 ? { status: 503 } : { body: EMPTY_LEDGER }));
    expect(await readLedger(api, "1")).toEqual(EMPTY_LEDGER);
    expect(calls).toHaveLength(3);
  });

  test("a refusal is not, and its own words are told", async () => {
    const problem = { type: "", title: "Closed", status: 409, code: "deployment-closed", detail: "It ended at noon." };
    const { api, calls } = await answering(() => ({ status: 409, body: problem }));
    await expect(readRoutes(api, "1")).rejects.toThrow(
      new ReportApiFailed("GET /api/deployments/1/routes was answered with 409: It ended at noon."),
    );
    expect(calls).toHaveLength(1);
  });

  test("an API that stays away is given up with the reason", async () => {
    const api = { origin: `http://127.0.0.1:${await freePort()}`, serviceToken: "" };
    const failed = readRoutes(api, "1");
    await expect(failed).rejects.toThrow(/GET .*\/routes could not be sent to the report API: .*ECONNREFUSED/);
    await expect(failed).rejects.toBeInstanceOf(ReportApiFailed);
  });
});

describe("answers outside the contract are failures of the API, not of the program", () => {
  test("an error that is no problem document is quoted, cut", async () => {
    const { api } = await answering(() => ({ status: 404, body: "x".repeat(5_000) }));
    const failed = await readRoutes(api, "1").catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ReportApiFailed);
    expect(String(failed).length).toBeLessThan(500);
  });

  test.each(["<html>", { ...EMPTY_LEDGER, seen: "many" }])("a ledger that is none: %j", async (body) => {
    const { api } = await answering(() => ({ body }));
    await expect(readLedger(api, "1")).rejects.toBeInstanceOf(ReportApiFailed);
  });
});
