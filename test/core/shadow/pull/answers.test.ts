/** Which commands are answered, and how. */
import { expect, test } from "vitest";
import { answerTo } from "../../../../core/shadow/pull/answers.ts";
import { comments, forkFacts, HEAD, OTHER, pullFacts } from "./facts.ts";

const answers = (texts: readonly string[], pull = pullFacts(), given = {}) =>
  comments(texts, given).map((command) => answerTo(command, pull));

test("orders of people who may write are carried out", () => {
  expect(answers(["/shadow retry", "/SHADOW  stop"])).toEqual(["+1", "+1"]);
});

test("orders of others, and such as nobody understands, are refused", () => {
  expect(answers(["/shadow retry", "/shadow stop"], pullFacts(), { canWrite: false })).toEqual([
    "confused",
    "confused",
  ]);
  expect(answers(["/shadow retry now please", "/shadow approve-fork 123"])).toEqual(["confused", "confused"]);
});

test("commands that are the report's to answer are left alone", () => {
  expect(answers(["/shadow approve 1a2b3c", "/shadow mute 1a2b3c", "/shadow stopping", "/shadow"])).toEqual(
    Array.from({ length: 4 }, () => null),
  );
});

test("an approval is answered by whether it is about the head", () => {
  const said = [`/shadow approve-fork ${HEAD}`, "/shadow approve-fork", `/shadow approve-fork ${OTHER}`];
  expect(answers(said, forkFacts())).toEqual(["+1", "+1", "confused"]);
  // Written before this head was announced: it was about another, and had its answer then.
  expect(answers(said, forkFacts({ announcedAt: 60_000 }))).toEqual(["+1", null, null]);
  expect(answers(said, pullFacts())).toEqual(["confused", "confused", "confused"]);
});
