/** The command runs from the shell and says what it promises; no Critical pair that the rules were made with is called Safe. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { judgeServer } from "./judged.ts";
import { pairsOf, serversOf } from "./labelled.ts";

const run = promisify(execFile);
const accuracy = (...options: readonly string[]) =>
  run(process.execPath, ["--no-warnings", join(import.meta.dirname, "accuracy.ts"), ...options], {
    maxBuffer: 64 * 1024 * 1024,
  });

const FiguresSchema = z.object({
  thawed: z.array(z.string()),
  sets: z.array(
    z.object({
      set: z.string(),
      score: z.object({ pairs: z.int().positive(), accuracy: z.number(), macroF1: z.number() }),
      lines: z.array(z.object({ name: z.string(), pairs: z.int(), right: z.int() })),
    }),
  ),
});

test("the command gives the figures of both sets as JSON", async () => {
  const { stdout, stderr } = await accuracy("--json");
  const figures = FiguresSchema.parse(JSON.parse(stdout));
  expect(figures.sets.map(({ set }) => set)).toEqual(["tuned", "held-out"]);
  expect(figures.thawed).toEqual([]);
  expect(stderr).toBe("");
});

test("the text names the goals, and shows no held-out pair unless it is told to", async () => {
  const { stdout } = await accuracy("--wrong");
  expect(stdout).toMatch(/false alarms on Safe +[\d.]+% +goal +1\.0% or less/);
  for (const server of serversOf("held-out")) expect(stdout).not.toContain(`${server}-01`);
});

test.each(serversOf("tuned"))("no Critical pair of %s is called Safe", async (server) => {
  const outcomes = await judgeServer(pairsOf("tuned", server));
  expect(outcomes.length).toBe(pairsOf("tuned", server).length);
  const unseen = outcomes.filter(({ label, said }) => label.verdict === "Critical" && said === "Safe");
  expect(unseen.map(({ id, because }) => `${id}: ${because}`)).toEqual([]);
});
