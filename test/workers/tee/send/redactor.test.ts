import { expect, test } from "vitest";
import { DEFAULT_RULES } from "../../../../core/redact/rules.ts";
import { DEFAULT_MIRROR_SETTINGS } from "../../../../core/wire/target.ts";
import { KEY_PERIOD_MS, redactorFor, rulesFor } from "../../../../workers/tee/send/redactor.ts";

const NONE = DEFAULT_MIRROR_SETTINGS.redact;

test("tokens are equal within a repository and a period, and cannot be joined across them", () => {
  const first = redactorFor(7, "operator", 0);
  expect(redactorFor(7, "operator", KEY_PERIOD_MS - 1).hash("v")).toBe(first.hash("v"));
  for (const other of [
    redactorFor(8, "operator", 0),
    redactorFor(7, "operator", KEY_PERIOD_MS),
    redactorFor(7, "other", 0),
  ]) {
    expect(other.keyId).not.toBe(first.keyId);
    expect(other.hash("v")).not.toBe(first.hash("v"));
  }
});

test("without the operator's secret nothing is redacted, so nothing can be sent", () => {
  expect(() => redactorFor(7, "", 0)).toThrow(/SHADOW_INFRA_REDACTION_KEY/);
});

test("rules are made once for the same settings, and the engine only for patterns", async () => {
  expect(rulesFor(NONE)).toBe(DEFAULT_RULES);
  const settings = { ...NONE, patterns: ["EMP-[0-9]{6}"] };
  expect(await rulesFor({ ...settings })).toBe(await rulesFor({ ...settings }));
});

test("settings with a pattern that cannot be run are refused every time", async () => {
  const settings = { ...NONE, patterns: ["("] };
  await expect(rulesFor(settings)).rejects.toThrow(/pattern/);
  await expect(rulesFor(settings)).rejects.toThrow(/pattern/);
});
