/** A run over a stream: one line out per pair in, in order, one at a time, and each route learns by itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { compareLines, type Judging, learnFrom, type Seen } from "../../../cli/compare/run.ts";
import { judgementOf } from "../../../core/verdict/judgement.ts";
import { recordedLine } from "./recorded.ts";

async function* streamOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}

async function run(lines: readonly string[], judging: Judging = {}) {
  const written: ReturnType<typeof judgementOf>[] = [];
  const refused: [number, string][] = [];
  const progress: number[] = [];
  const listener = {
    pair: ({ judged }: Seen) => {
      written.push(judgementOf(judged));
      return Promise.resolve();
    },
    malformed: (line: number, reason: string) => void refused.push([line, reason]),
    progress: (judged: number) => void progress.push(judged),
  };
  const summary = await compareLines(streamOf(lines), listener, judging);
  return { summary, written, refused, progress };
}

const SAME = recordedLine({ prod: { a: 1 }, shadow: { a: 1 } });
const LOST = recordedLine({ path: "/others/7", prod: { a: 1, b: 2 }, shadow: { a: 1 } });

test("each pair has a verdict in its place, and the summary counts them by route", async () => {
  const { summary, written, progress } = await run([SAME, "", LOST, "  ", SAME]);
  expect(written.map(({ verdict }) => verdict)).toEqual(["Safe", "Critical", "Safe"]);
  expect(progress).toEqual([1, 2, 3]);
  expect(summary).toMatchObject({ judged: 3, malformed: 0, verdicts: { Safe: 2, Critical: 1 } });
  expect([...summary.routes.keys()]).toEqual(["GET /things/{id}", "GET /others/{id}"]);
});

test("a malformed line is told by its number, counted, and skipped", async () => {
  const { summary, written, refused } = await run([SAME, "{", LOST, '{"id":"1"}']);
  expect(written).toHaveLength(2);
  expect(refused.map(([line]) => line)).toEqual([2, 4]);
  expect(summary).toMatchObject({ judged: 2, malformed: 2 });
});

describe("noise", () => {
  const rotating = (i: number, path: string, second = true): string =>
    recordedLine({
      path,
      prod: { a: `x${i}` },
      shadow: { a: `y${i}` },
      ...(second ? { control: { a: `z${i}` } } : {}),
    });

  test("that second answers showed is noise for later pairs of the same route, and of no other", async () => {
    const taught = Array.from({ length: 30 }, (_, i) => rotating(i, "/noisy/1"));
    const { written } = await run([...taught, rotating(31, "/noisy/2", false), rotating(32, "/calm/2", false)]);
    expect(written.slice(-2).map(({ verdict }) => verdict)).toEqual(["Safe", "Warning"]);
    expect(written.at(-2)?.findings.every(({ noise }) => noise !== null)).toBe(true);
  });

  test("learned from the whole input first is known wherever a pair stands in it", async () => {
    const taught = Array.from({ length: 30 }, (_, i) => rotating(i, "/noisy/1"));
    const lines = [rotating(31, "/noisy/2", false), ...taught, "{", rotating(32, "/calm/2", false)];
    const learned = await learnFrom(streamOf(lines));
    const { written, summary } = await run(lines, { learned });
    expect([written[0]?.verdict, written.at(-1)?.verdict, summary.malformed]).toEqual(["Safe", "Warning", 1]);
  });
});

test("a slow reader is waited for: nothing is read ahead", async () => {
  let taken = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of streamOf([SAME, SAME, SAME])) {
      taken += 1;
      yield chunk;
    }
  }
  const gate = Promise.withResolvers<void>();
  const running = compareLines(counted(), { pair: () => gate.promise, malformed: () => {}, progress: () => {} });
  await sleep(50);
  expect(taken).toBe(1);
  gate.resolve();
  expect((await running).judged).toBe(3);
});
