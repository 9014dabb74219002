import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonDocument, STRIDE } from "../../../../core/compare/json/document.ts";
import { readJson } from "../../../../core/compare/json/read.ts";

function documentOf(text: string): JsonDocument {
  const read = readJson(text);
  if (!read.ok) throw new Error(`${text.slice(0, 100)} is no JSON`);
  return read.document;
}

/** The tokens of a text that is read after another, and those of the same text read by itself. */
function readTwice(reference: string, shadow: string, cut = false): readonly [unknown, unknown] {
  const like = documentOf(reference);
  const both = [readJson(shadow, { like, cut }), readJson(shadow, { keys: like.keys, cut })] as const;
  const [copied, alone] = both.map((read) =>
    read.ok ? [...read.document.tokens.subarray(0, read.document.size * STRIDE)] : read.at,
  );
  return [copied, alone];
}

const itemOf = (at: number) => ({
  id: at,
  name: `number ${at} of the list`,
  tags: ["new", at],
  lines: [{ line: at, words: "as many words as it takes to be copied as a whole", of: { a: at } }],
});
const ITEMS = Array.from({ length: 40 }, (_, at) => itemOf(at));

describe("a text that is read after another one", () => {
  it.each([
    ["an element changed", ITEMS.with(7, { ...itemOf(7), name: "another" })],
    ["an element was added", ITEMS.toSpliced(9, 0, { ...itemOf(3), id: 99 })],
    ["elements were lost", ITEMS.toSpliced(9, 3)],
    ["the order is another one", ITEMS.toReversed()],
    ["most of it changed", ITEMS.map((item) => ({ ...item, id: item.id + 1_000 }))],
  ])("has the tokens that it has by itself where %s", (_, shadow) => {
    for (const place of [(list: unknown) => list, (items: unknown) => ({ page: 1, items, more: [items] })]) {
      const [copied, alone] = readTwice(JSON.stringify(place(ITEMS)), JSON.stringify(place(shadow)));
      expect(copied).toEqual(alone);
    }
  });

  it("has them in any case", () => {
    const item = fc.record({
      id: fc.nat({ max: 30 }),
      text: fc.string({ minLength: 20 }),
      more: fc.jsonValue({ maxDepth: 2 }),
    });
    const list = fc.array(fc.oneof(item, fc.array(item, { maxLength: 4 }), fc.jsonValue({ maxDepth: 2 })), {
      maxLength: 30,
    });
    const picks = fc.array(fc.nat(), { maxLength: 30 });
    fc.assert(
      fc.property(list, list, picks, fc.nat({ max: 400 }), (one, other, order, end) => {
        const all = [...one, ...ITEMS.slice(0, 12), ...other];
        const shadow = JSON.stringify({ items: order.map((at) => all[at % all.length]), all: other });
        const reference = JSON.stringify({ items: all, all: one });
        const [copied, alone] = readTwice(reference, shadow);
        expect(copied).toEqual(alone);
        const [cut, aloneCut] = readTwice(reference, shadow.slice(0, -1 - (end % shadow.length)), true);
        expect(cut).toEqual(aloneCut);
      }),
    );
  });

  it("is broken where it is broken by itself", () => {
    const reference = JSON.stringify(ITEMS);
    const [copied, alone] = readTwice(reference, `${reference.slice(0, -1)}}`);
    expect(copied).toEqual(alone);
  });
});
