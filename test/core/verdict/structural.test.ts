import { describe, expect, test } from "vitest";
import type { Answer, Observation, Pair, PairRequest } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { structuralCheck } from "../../../core/verdict/structural.ts";
import { answer, pairOf } from "../pair/builder.ts";

const dead = { failed: "refused", latencyMs: 9 } as const;
const of = (status: number, body: unknown = { a: 1 }): Answer => answer(body, { status });
const took = (latencyMs: number): Answer => answer({ a: 1 }, { latencyMs });
const check = (pair: Pair, memory = EMPTY_MEMORY) => structuralCheck(openCase(pair), memory);

describe("a pair", () => {
  test.each<[string, Observation, Observation, Partial<PairRequest>, readonly string[], boolean]>([
    ["with equal answers is settled", of(200), of(200), {}, [], true],
    [
      "that differs in the time alone is settled",
      answer({}, { headers: { date: "a" } }),
      answer({}, { headers: { date: "b" } }),
      {},
      [],
      true,
    ],
    ["with another header is not settled", answer({}, { headers: { "x-a": "1" } }), answer({}), {}, [], false],
    ["with another body is not settled", of(200), of(200, { a: 2 }), {}, [], false],
    [
      "of another length beyond the cut is not settled",
      answer("[1", { truncated: true, bodyBytes: 8 }),
      answer("[1", { truncated: true, bodyBytes: 9 }),
      {},
      [],
      false,
    ],
    ["with a server error", of(200), of(500), {}, ["status-server-error Critical"], false],
    ["with another server error", of(500), of(502), {}, ["status-changed Warning"], false],
    ["with a refusal", of(200), of(401), {}, ["status-unauthorized Critical"], false],
    ["with a rejection", of(200), of(422), {}, ["status-client-error Critical"], false],
    ["with another rejection", of(404), of(410), {}, ["status-changed Warning"], false],
    ["that is served in another way", of(200), of(201), {}, ["status-changed Warning"], false],
    ["that got better", of(500), of(200), {}, ["status-improved Warning"], false],
    ["that is no longer refused", of(403), of(200), {}, ["status-access-opened Critical"], false],
    ["without an answer is settled", of(200), dead, {}, ["no-answer Critical"], true],
    ["whose body is gone", of(200), of(200, ""), {}, ["body-emptied Critical"], false],
    ["whose body is gone from HEAD", of(200), of(200, ""), { method: "HEAD" }, [], false],
    [
      "whose body is gone with 204",
      of(200),
      of(204, ""),
      {},
      ["status-changed Warning", "body-emptied Critical"],
      false,
    ],
    ["that need not answer any more", of(200), of(204, ""), { method: "DELETE" }, ["status-changed Warning"], false],
    ["whose body is gone from a redirect", of(302), of(302, ""), {}, [], false],
    ["with an error in a success", of(200), of(200, { error: "no" }), {}, ["error-envelope Critical"], false],
    ["that nobody answered is settled", dead, dead, {}, [], true],
  ])("%s", (...[, prod, shadow, request, rules, settled]) => {
    const result = check(pairOf({ prod, shadow }, request));
    expect([result.findings.map(({ rule, severity }) => `${rule} ${severity}`), result.settled]).toEqual([
      rules,
      settled,
    ]);
  });

  test("whose status the control shows as well is only a Warning", () => {
    const pair = pairOf({ prod: of(200), shadow: of(503), control: of(503) });
    expect(check(pair).findings.map(({ rule }) => rule)).toEqual(["status-unstable"]);
  });
});

describe("a slow pair", () => {
  const slow = (pairs: number, count: number) => ({ ...EMPTY_MEMORY, pairs, slow: count });
  test.each<[string, Partial<Pair>, number, { pairs: number; slow: number }, readonly string[]]>([
    ["is no finding at first", {}, 300, { pairs: 1, slow: 1 }, []],
    ["is one from the third on", {}, 119, { pairs: 2, slow: 2 }, ["latency-slow Warning"]],
    ["is Critical at ten times", {}, 400, { pairs: 2, slow: 2 }, ["latency-very-slow Critical"]],
    [
      "is one also where the tee settled it as equal",
      { settled: "equal" },
      400,
      { pairs: 2, slow: 2 },
      ["latency-very-slow Critical"],
    ],
    ["is none where most pairs are fast", {}, 400, { pairs: 20, slow: 8 }, []],
    ["is none below three times", {}, 110, { pairs: 2, slow: 2 }, []],
    ["is none where the control is slow too", { control: took(300) }, 400, { pairs: 2, slow: 2 }, []],
    ["is judged against the base stack", { base: took(300) }, 400, { pairs: 2, slow: 2 }, []],
    [
      "is one where the base stack is fast",
      { base: took(38), control: took(900) },
      400,
      { pairs: 2, slow: 2 },
      ["latency-very-slow Critical"],
    ],
  ])("%s", (...[, sides, latency, { pairs, slow: count }, rules]) => {
    const result = check(pairOf({ prod: took(38), shadow: took(latency), ...sides }), slow(pairs, count));
    expect(result.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(rules);
  });

  test("needs fifty milliseconds more, and two hundred to be Critical", () => {
    const rules = (prod: number, shadow: number): readonly string[] =>
      check(pairOf({ prod: took(prod), shadow: took(shadow) }), slow(5, 5)).findings.map(({ rule }) => rule);
    expect([rules(1, 50), rules(1, 51), rules(10, 209), rules(10, 210)]).toEqual([
      [],
      ["latency-slow"],
      ["latency-slow"],
      ["latency-very-slow"],
    ]);
  });
});
