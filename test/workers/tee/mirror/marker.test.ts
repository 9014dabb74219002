import { expect, test } from "vitest";
import { isOurMarker, signedMarker } from "../../../../workers/tee/mirror/marker.ts";

const NOW = 1_800_000_000_000;
const ours = signedMarker("secret", NOW);

test("our own marker counts for a minute, in every isolate", () => {
  expect(isOurMarker(ours, "secret", NOW)).toBe(true);
  expect(isOurMarker(ours, "secret", NOW + 59_000)).toBe(true);
  expect(isOurMarker(ours, "secret", NOW - 1_000)).toBe(true);
});

test("it is made once in 5 seconds", () => {
  expect(signedMarker("secret", NOW + 4_999)).toBe(ours);
  expect(signedMarker("secret", NOW + 5_000)).not.toBe(ours);
  expect(signedMarker("other", NOW)).not.toBe(ours);
});

test.each([
  ["an old one", ours, NOW + 61_000],
  ["one from the future", signedMarker("secret", NOW + 120_000), NOW],
  ["one of another key", signedMarker("other", NOW), NOW],
  ["a changed stamp", ours.replace(/^\d+/, String(NOW + 5_000)), NOW],
  ["a changed signature", `${ours.slice(0, -1)}${ours.endsWith("0") ? "1" : "0"}`, NOW],
  ["a shorter signature", ours.slice(0, -1), NOW],
  ["no signature", `${NOW}.`, NOW],
  ["another spelling of the stamp", ours.replace(/^\d+/, "1.8e12"), NOW],
  ["two in one", `${ours}, ${ours}`, NOW],
  ["upper case", ours.toUpperCase().replace(/[A-F]/, "A"), NOW],
  ["nothing", "", NOW],
  ["no header", null, NOW],
])("%s means nothing", (_, marker, now) => expect(isOurMarker(marker, "secret", now)).toBe(false));

test("without a key nothing is ours", () => {
  expect(isOurMarker(signedMarker("", NOW), "", NOW)).toBe(false);
});
