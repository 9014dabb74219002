/** The command runs from the shell and says what it promises; no Critical pair that the rules were made with is called Safe. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { judgeServer } from "./judged.ts";
import { pairsOf, serversOf } from "./labelled.ts";
import { figuresOf, isRight, textOf, wrongLine } from "./report.ts";

const run = promisify(execFile);

test("the command names the goals, and shows no held-out pair unless it is told to", async () => {
  const command = ["--no-warnings", join(import.meta.dirname, "accuracy.ts"), "--wrong"];
  const { stdout, stderr } = await run(process.execPath, command, { maxBuffer: 64 * 1024 * 1024 });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^tuned: \d+ pairs$/m);
  expect(stdout).toMatch(/^held-out: \d+ pairs$/m);
  expect(stdout).toMatch(/false alarms on Safe +[\d.]+% +goal +1\.0% or less/);
  for (const server of serversOf("held-out")) expect(stdout).not.toMatch(new RegExp(`\\b${server}-\\d`));
});

test.each(serversOf("tuned"))("no Critical pair of %s is called Safe", async (server) => {
  const outcomes = await judgeServer(pairsOf("tuned", server));
  expect(outcomes.length).toBe(pairsOf("tuned", server).length);
  const unseen = outcomes.filter(({ label, said }) => label.verdict === "Critical" && said === "Safe");
  expect(unseen.map(({ id, because }) => `${id}: ${because}`)).toEqual([]);
});

test("figures count each pair once by server and once by policy line, the weakest first", async () => {
  const outcomes = await judgeServer(pairsOf("tuned", "board"));
  const figures = figuresOf("tuned", outcomes);
  const count = (parts: readonly { readonly pairs: number }[]): number =>
    parts.reduce((sum, { pairs }) => sum + pairs, 0);
  expect([count(figures.servers), count(figures.lines)]).toEqual([outcomes.length, outcomes.length]);
  const rates = figures.lines.map(({ pairs, right }) => right / pairs);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
});

test("a pair that is called wrong is shown with its label, what was said, and as a line to try again", async () => {
  const [first] = await judgeServer(pairsOf("tuned", "board").slice(0, 1));
  if (first === undefined) throw new Error("no pair");
  const wrong = { ...first, said: "Critical" as const };
  expect(isRight(wrong)).toBe(false);
  expect(wrongLine(wrong)).toContain("is Safe, called Critical");
  expect(wrongLine(wrong)).toContain(first.line);
  expect(textOf(figuresOf("tuned", [wrong]))).toMatch(/safe-request-id +0 of +1/);
});
