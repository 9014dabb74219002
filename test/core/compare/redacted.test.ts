import { expect, test } from "vitest";
import { redactedValue } from "../../../core/compare/redacted.ts";

test.each([
  ["redacted:string:m:k1:ab12", { type: "string", keyId: "k1" }],
  ["redacted:number:s:k2:ab12", { type: "number", keyId: "k2" }],
  ["redacted:boolean:s:k2:ab12", { type: "boolean", keyId: "k2" }],
  ["redacted:list:s:k2:ab12", null],
  ["redacted:string:m:k1", null],
  ["was redacted:string:m:k1:ab12", null],
  ["", null],
])("%j is the token of %j", (text, expected) => {
  expect(redactedValue(text)).toEqual(expected);
});
