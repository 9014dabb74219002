import { expect, test } from "vitest";
import { volatileHeaderReason } from "../../../core/noise/header-noise.ts";

test.each([
  "date",
  "age",
  "etag",
  "server",
  "via",
  "connection",
  "transfer-encoding",
  "content-length",
  "cf-ray",
  "x-request-id",
  "request-id",
  "x-correlation-id",
  "traceparent",
  "x-amzn-trace-id",
  "x-runtime",
  "server-timing",
  "x-served-by",
  "x-cache",
  "x-powered-by",
  "x-ratelimit-remaining",
  "ratelimit-reset",
  "alt-svc",
  "set-cookie:__cf_bm",
  "set-cookie:AWSALB;expires",
])("%s differs between any two answers", (name) => {
  expect(volatileHeaderReason(`header:${name}`)).not.toBeNull();
});

test.each([
  "content-type",
  "cache-control",
  "location",
  "location?x",
  "set-cookie:sid",
  "set-cookie:sid;secure",
  "set-cookie:request-id",
  "vary",
  "access-control-allow-origin",
  "strict-transport-security",
  "content-security-policy",
  "x-total-count",
  "link",
  "retry-after",
  "www-authenticate",
  "x-ratelimit-limit",
  "content-disposition",
  "content-language",
  "last-modified",
])("%s does not", (name) => {
  expect(volatileHeaderReason(`header:${name}`)).toBeNull();
});
