import { expect, test } from "vitest";
import { areDrawnApart } from "../../../core/noise/randomness.ts";

test.each([
  ["WDB9630321L000017", "WDB9630321L000071", "two digits of a vehicle's number are swapped"],
  ["DE89370400440532013000", "DE89370400440532013001", "the last digit of an account"],
  ["9f86d081884c7d659a2feaa0", "9f86d081884c7d659a2feaa1", "one digit of a hash"],
])("%s and %s are one value with a change: %s", (reference, shadow) => {
  expect(areDrawnApart(reference, shadow)).toBe(false);
});

test.each([
  ["tok_q7Rz0Lk2Xv9Tn4Wa", "tok_Zb81mQy6Ks3Hd7Pe", "a prefix says what both are"],
  ["9f86d081884c7d659a2feaa0", "60303ae22b998861bce3b28f", "hashes of different texts"],
  ["q7Rz0Lk2Xv9Tn4Wa", "q7Rz0Lk2Xv9Tn4Wa9f86d081884c7d65", "one is twice as long"],
])("%s and %s can have been drawn apart: %s", (reference, shadow) => {
  expect(areDrawnApart(reference, shadow)).toBe(true);
});
