import { expect, test } from "vitest";
import { bodyFormOf } from "../../../core/pair/body-form.ts";

test.each([
  ["application/json", { form: "text", charset: "utf-8" }],
  ["application/problem+json; charset=ISO-8859-1", { form: "text", charset: "ISO-8859-1" }],
  ['text/html; charset="windows-1252"', { form: "text", charset: "windows-1252" }],
  ["image/svg+xml", { form: "text", charset: "utf-8" }],
  ["image/png", { form: "binary" }],
  ["application/octet-stream", { form: "unknown" }],
  ["", { form: "unknown" }],
])("%j is %j", (contentType, form) => {
  expect(bodyFormOf(contentType)).toEqual(form);
});
