import { describe, expect, test } from "vitest";
import { redactPair } from "../../../core/redact/pair.ts";
import { CARRIERS, spellings } from "../../canaries/carriers.ts";
import { publishedFormats } from "../../canaries/formats.ts";
import { canaries } from "../../canaries/secrets.ts";
import { redactor } from "./redactor.ts";

const MADE = canaries(5_000).map((canary) => ({ ...canary, spelled: spellings(canary.secret) }));

test("the formats come from a list of others, and there are many", () => {
  expect(publishedFormats().length).toBeGreaterThan(25);
  expect(new Set(MADE.map(({ kind }) => kind)).size).toBeGreaterThan(30);
  expect(new Set(MADE.map(({ text }) => text)).size).toBeGreaterThan(4_900);
});

describe("of 5,000 secrets none survives in any spelling", () => {
  test.each(Object.entries(CARRIERS))("in %s", (_, carry) => {
    const survivors = new Map<string, string>();
    for (const { kind, text, spelled } of MADE) {
      const stored = JSON.stringify(redactPair(carry(text), redactor));
      const decoded = stored.replaceAll("\\\\", "\\");
      if (spelled.some((spelling) => stored.includes(spelling) || decoded.includes(spelling)))
        survivors.set(kind, text);
    }
    expect(Array.from(survivors)).toEqual([]);
  });
});
