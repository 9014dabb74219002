/** Load on servers whose capacity is known: so many workers of so many milliseconds. */
import { expect, it } from "vitest";
import { probeJunit } from "../../../cli/probe/formats/junit.ts";
import { pretty } from "../../../cli/probe/formats/pretty.ts";
import { loadTermsOf } from "../../../cli/probe/load.ts";
import { type Listening, listen } from "../../servers/http.ts";
import { optionsOf, probed } from "./running.ts";
import { EVENTS, json, STATS } from "./servers.ts";

/** Fits both endpoints. */
const BOTH = { ...STATS, ...EVENTS };

/** Takes so many requests at a time; the others wait their turn. */
function withWorkers(workers: number, ms: number): Promise<Listening> {
  const waiting: (() => void)[] = [];
  let busy = 0;
  const next = (): void => {
    const answer = busy < workers ? waiting.shift() : undefined;
    if (answer === undefined) return;
    busy += 1;
    setTimeout(() => {
      busy -= 1;
      answer();
      next();
    }, ms);
  };
  return listen((request, response) => {
    request.resume();
    waiting.push(() => json(response, BOTH));
    next();
  });
}

const FEW = ["--preset", "chainiq", "--iterations", "2", "--warm-up", "1"];

it("the knee is where the workers are all busy, and the peak is what they manage together", async () => {
  // So long that the moments a busy machine takes away do not count.
  const server = await withWorkers(4, 200);
  const flags = ["--base-url", server.url, "--load", "1,4,16", "--step-seconds", "1", "--load-at", "16"];
  const report = await probed([...FEW, ...flags, "--p95-threshold", "560"]);
  await server.close();
  const { load_summary: summary = {} } = report.results;
  const one = summary["/iq/shadow/stats"];
  expect(one?.knee).toBe(4);
  // 4 workers of 200 ms: 20 a second, and less on a machine that has other work.
  expect(one?.peak).toBeGreaterThan(10);
  expect(one?.peak).toBeLessThan(21);
  // 16 at a time wait for three others each: 800 ms.
  expect(one?.budgets.map(({ budget, passed }) => [budget, passed]).slice(0, 1)).toEqual([["p95_ms", false]]);
  expect(report.verdict.kind).toBe("failed");
  expect(pretty(report, false)).toMatch(/^ +4 {2}.*█ {2}<- knee\n.*\n {2}Knee at 4 at a time/m);
  expect(probeJunit(report)).toContain('name="/iq/shadow/stats, 16 at a time"');
});

it("steps end where more than half fails, and the output says so", async () => {
  const busy = await listen((request, response) => {
    request.resume();
    // More than three connections are too many for it.
    busy.server.getConnections((_, count) => json(response, BOTH, count > 3 ? 503 : 200));
  });
  const flags = ["--base-url", busy.url, "--load", "2,8,16,32", "--step-seconds", "0.1"];
  const report = await probed([...FEW, ...flags]);
  await busy.close();
  const steps = report.results.load?.filter(({ endpoint }) => endpoint === "/iq/shadow/stats");
  expect(steps?.map(({ concurrency }) => concurrency)).toEqual([2, 8]);
  expect(pretty(report, false)).toContain("Stopped after 8 at a time: ");
});

it("the judged step is the lowest where none is named, and has to be a step", () => {
  expect(loadTermsOf(optionsOf(["--load", "2,4"]))).toEqual({ steps: [2, 4], seconds: 5, at: 2 });
  expect(loadTermsOf(optionsOf([]))).toBeUndefined();
  expect(() => loadTermsOf(optionsOf(["--load", "2,4", "--load-at", "3"]))).toThrow("no step of --load 2,4");
  expect(() => loadTermsOf(optionsOf(["--load-at", "3"]))).toThrow("--load 1,2,4,8 as well");
});
