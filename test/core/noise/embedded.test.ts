import { expect, test } from "vitest";
import { embeddedReason } from "../../../core/noise/embedded.ts";

const A = "q7Rz0Lk2Xv9Tn4Ws8Yb1";
const B = "M3fJ6pHc5Dg0Ae8Qu2Zi";
const moments = { reference: null, shadow: null };

test.each([
  ["a nonce in a page", `<script nonce="${A}">`, `<script nonce="${B}">`, false, "differs only in random tokens"],
  ["a nonce in a policy", `'nonce-${A}'`, `'nonce-${B}'`, false, "differs only in random tokens"],
  [
    "a time in a sentence",
    "at 2026-11-21T12:00:00Z.",
    "at 2026-11-21T12:00:02Z.",
    false,
    "differs only in the time of the answer",
  ],
  [
    "a signed link",
    `/f?X-Date=20261121T120000Z&sig=${A}`,
    `/f?X-Date=20261121T120003Z&sig=${B}`,
    false,
    "differs only in the time of the answer and random tokens",
  ],
  ["a token without a name", `see ${A} there`, `see ${B} there`, false, null],
  ["a token in what was just made", `see ${A} there`, `see ${B} there`, true, "differs only in random tokens"],
  ["a word beside the token", `old nonce=${A}`, `new nonce=${B}`, false, null],
  ["a time far away", "at 2026-11-21T12:00:00Z.", "at 2024-11-21T12:00:00Z.", false, null],
  ["a token that is gone", `nonce=${A} x`, "nonce= x", false, null],
  ["a token that became a word", `nonce=${A}`, "nonce=undefinedundefined", false, null],
  ["a version", "app.10.2.3.js", "app.10.2.4.js", true, null],
])("%s", (...[, reference, shadow, anyToken, expected]) => {
  expect(embeddedReason(reference, shadow, { moments, anyToken })).toBe(expected);
});
