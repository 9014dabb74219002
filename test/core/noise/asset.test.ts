import { expect, test } from "vitest";
import { assetReason } from "../../../core/noise/asset.ts";

const script = "html > head > script @src";

test.each([
  [script, "/static/app.3f2a9c01b4d5.js", "/static/app.77b1e0d2c9aa.js", true],
  [script, "/assets/index-Ck92LmNp.js", "/assets/index-BxYzKqQw.js", true],
  ["html > head > link @href", "/logo.png?v=17", "/logo.png?v=18", true],
  [script, "/static/app.3f2a9c01b4d5.js", "/static/admin.77b1e0d2c9aa.js", false],
  [script, "/static/checkout-basic.js", "/static/checkout-global.js", false],
  ["html > body > a @href", "/files/a.3f2a9c01b4d5.pdf", "/files/a.77b1e0d2c9aa.pdf", false],
])("%s: %s against %s is noise: %s", (...[pattern, reference, shadow, noise]) => {
  expect(assetReason(pattern, reference, shadow) !== null).toBe(noise);
});
