/** Chaos against real servers: one that bears it, and some that do what none may do. */
import { expect, it } from "vitest";
import { type ChaosReport, runChaos } from "../../../cli/probe/chaos.ts";
import { chaosOf, unwilling } from "../../../cli/probe/chaos-terms.ts";
import { planOf } from "../../../cli/probe/choices.ts";
import { chaosJson, chaosPretty } from "../../../cli/probe/formats/chaos.ts";
import { parseChaos } from "../../../core/probe/chaos.ts";
import { FAULTS_HEADER } from "../../../core/wire/faults.ts";
import { listen } from "../../servers/http.ts";
import { optionsOf } from "./running.ts";
import { EVENTS, json, STATS } from "./servers.ts";

const BOTH = { ...STATS, ...EVENTS };
const QUICK = ["--preset", "chainiq", "--phase-seconds", "0.5", "--chaos-seed", "3"];

function chosen(url: string, faults: string, flags: readonly string[]) {
  const options = optionsOf([...QUICK, "--base-url", url, "--chaos", faults, ...flags]);
  const plan = planOf(options, {}, import.meta.dirname);
  const parsed = parseChaos(faults);
  if (typeof parsed === "string") throw new Error(parsed);
  return { plan, chaos: chaosOf(options, parsed, plan), asked: faults, timestamp: "2026-01-02T03:04:05Z" };
}

async function chaotic(url: string, faults: string, ...flags: readonly string[]) {
  const call = chosen(url, faults, flags);
  const report = await runChaos({ ...call, signal: new AbortController().signal, said: () => {} });
  return {
    report,
    text: chaosPretty({ ...call, report }, false),
    document: JSON.parse(chaosJson({ ...call, report })),
  };
}

const sum = ({ figures }: ChaosReport, phase: string, what: "failures" | "wrong" | "hung" | "refused" | "explained") =>
  figures.filter((one) => one.phase === phase).reduce((total, one) => total + one[what], 0);

it("a service that is cut off and away for a while recovers", async () => {
  const server = await listen((request, response) => request.resume().on("end", () => json(response, BOTH)));
  const { report, text, document } = await chaotic(server.url, "cut=0.5,down=0.1s");
  await server.close();
  expect(sum(report, "baseline", "failures")).toBe(0);
  const reasons = Object.assign({}, ...report.figures.map((one) => one.failure_reasons));
  expect(Object.keys(reasons).toSorted()).toEqual(["refused", "reset"]);
  expect(report.cuts).toBeGreaterThan(0);
  expect(sum(report, "recovery", "failures")).toBe(0);
  expect(text).toMatch(/Good again \d+ ms after the faults ended/);
  expect([report.wrong, document.passed]).toEqual([[], true]);
});

it("an answer that says it is right and is not, a request left hanging and no recovery fail", async () => {
  let inFaults = 0;
  const server = await listen((request, response) =>
    request.resume().on("end", () => {
      // As a service does that loses its database for good and does not notice.
      if (request.headers[FAULTS_HEADER] !== undefined) inFaults += 1;
      if (inFaults === 0) json(response, BOTH);
      else if (inFaults === 2) return;
      else if (request.method === "GET") json(response, { ...BOTH, count: 0 });
      else json(response, { error: "no" }, 503);
    }),
  );
  const { report, text, document } = await chaotic(
    server.url,
    "fail=1",
    "--timeout",
    "0.3",
    "--phase-seconds",
    "1.2",
    "--recover-within",
    "0.3",
  );
  await server.close();
  expect(sum(report, "faults", "wrong")).toBeGreaterThan(0);
  expect(sum(report, "faults", "hung")).toBe(1);
  expect(sum(report, "faults", "refused")).toBeGreaterThan(0);
  expect(sum(report, "faults", "explained")).toBe(0);
  expect(report.recoveries.map(({ ms }) => ms)).toEqual([null, null]);
  expect(text).toMatch(/Failed:\n.*wrong answers \(faults\)/);
  expect(text).toContain("did not recover within 0.3 s");
  expect(document.passed).toBe(false);
});

it("an answer that says itself that it is less than usual misleads nobody, and has to become whole again", async () => {
  let isStale = false;
  const server = await listen((request, response) =>
    request.resume().on("end", () => {
      isStale ||= request.headers[FAULTS_HEADER] !== undefined;
      json(response, isStale ? { ...BOTH, stale: true } : BOTH);
    }),
  );
  const { report } = await chaotic(server.url, "fail=1", "--recover-within", "0.2");
  await server.close();
  expect(sum(report, "faults", "wrong")).toBe(0);
  expect(report.wrong.every((line) => line.endsWith("did not recover within 0.2 s"))).toBe(true);
  expect(report.wrong).toHaveLength(2);
});

it("nothing is said of a service that fails anyway, or is not there", async () => {
  const failing = await listen((request, response) => request.resume().on("end", () => json(response, {}, 500)));
  const { report } = await chaotic(failing.url, "cut=0.1");
  await failing.close();
  expect(report.undecided).toMatch(/Without any fault more than half/);
  const { report: gone } = await chaotic(failing.url, "cut=0.1");
  expect(gone.undecided).toMatch(/cannot be reached: start the service/);
});

it("faults of the stores need a service that injects them", async () => {
  const plain = await listen((_, response) => json(response, BOTH));
  const willing = await listen((request, response) => {
    response.setHeader(FAULTS_HEADER, request.headers[FAULTS_HEADER] ?? "");
    json(response, BOTH);
  });
  const refusal = async (url: string, faults: string) => {
    const { plan, chaos } = chosen(url, faults, []);
    return unwilling(plan, chaos, "/iq/shadow/stats");
  };
  expect(await refusal(plain.url, "fail=0.1")).toMatch(/does not inject faults of its stores/);
  expect([await refusal(plain.url, "cut=0.1"), await refusal(willing.url, "fail=0.1")]).toEqual([null, null]);
  await Promise.all([plain.close(), willing.close()]);
});

it.each([
  ["http://shop.example.com", "cut=0.1", [], /--chaos-allow-host shop\.example\.com/],
  ["http://127.0.0.1.example.com", "cut=0.1", [], /another one/],
  ["http://localhost:1", "cut=0.1", ["--load", "1,2"], /run of its own/],
  ["http://localhost:1", "cut=0.1", ["--format", "junit"], /pretty and json/],
  ["http://localhost:1", "down=3s", [], /raise --phase-seconds/],
  ["http://localhost:1", "delay=500ms", ["--timeout", "0.5"], /raise --timeout/],
])("%s with %s and %j is refused", (url, faults, flags, words) => {
  expect(() => chosen(url, faults, flags)).toThrow(words);
});

it("another host may be named", () => {
  expect(chosen("http://shop.example.com", "cut=0.1", ["--chaos-allow-host", "shop.example.com"]).chaos.seed).toBe(3);
});
