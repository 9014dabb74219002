import { expect, test } from "vitest";
import { bodyText } from "../../../../workers/tee/capture/text.ts";

const bytes = (...values: readonly number[]) => Uint8Array.from(values);

test("UTF-8 is text, with its byte order mark and whatever its type", () => {
  expect(bodyText(new TextEncoder().encode("\uFEFFäöü"), "")).toEqual({ body: "\uFEFFäöü" });
  expect(bodyText(bytes(), "image/png")).toEqual({ body: "" });
});

test("a character that the capture limit cut does not make a body binary", () => {
  expect(bodyText(bytes(0x61, 0xc3), "application/unknown")).toEqual({ body: "a" });
});

test("a declared character set is used, and an unknown one read as UTF-8", () => {
  expect(bodyText(bytes(0xe4), "text/plain; charset=iso-8859-1")).toEqual({ body: "ä" });
  expect(bodyText(bytes(0x61), "text/plain; charset=no-such")).toEqual({ body: "a" });
});

test("wrong bytes in a type that says it is text stay text, so that names in it can be redacted", () => {
  expect(bodyText(bytes(0x7b, 0xff, 0x7d), "application/json")).toEqual({ body: "{\uFFFD}" });
});

test("other bytes are base64", () => {
  expect(bodyText(bytes(0, 255, 1), "application/octet-stream")).toEqual({ body: "AP8B", bodyEncoding: "base64" });
  expect(bodyText(bytes(0x61), "image/png")).toEqual({ body: "YQ==", bodyEncoding: "base64" });
});
