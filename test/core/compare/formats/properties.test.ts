/** What holds for any two bodies of a format: what is no difference there, and that one change is found. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlDifferences } from "../../../../core/compare/differences/html.ts";
import { csvTexts } from "../../../../core/compare/formats/csv.ts";
import { formTexts } from "../../../../core/compare/formats/form.ts";
import { readHtml } from "../../../../core/compare/formats/html-tree.ts";
import { ndjsonTexts } from "../../../../core/compare/formats/ndjson.ts";
import { xmlTexts } from "../../../../core/compare/formats/xml.ts";
import { compared, sides } from "./texts.ts";

interface Tree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inner: readonly Tree[] | string;
}

const RUNS = { numRuns: 60 };

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const anyText = fc.string({ maxLength: 12 }).filter((text) => !/[\p{Cc}\uFEFF]/u.test(text));

/** `text`: what elements and attributes may hold. */
function trees(names: readonly string[], text: fc.Arbitrary<string>): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      name: fc.constantFrom(...names),
      attributes: fc.dictionary(fc.constantFrom("title", "lang", "dir"), text),
      inner: fc.oneof({ maxDepth: 4 }, text, fc.array(tie("tree"), { maxLength: 4 })),
    }),
  })).tree;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Otherwise: attributes in reverse, white space between tags, characters by number. */
function written({ name, attributes, inner }: Tree, otherwise: boolean): string {
  const entries = Object.entries(attributes);
  const spelled = (text: string): string =>
    text
      .split("a")
      .map(escaped)
      .join(otherwise ? "&#97;" : "a");
  const listed = (otherwise ? entries.toReversed() : entries).map(([key, value]) => ` ${key}="${spelled(value)}"`);
  const gap = otherwise ? "\n  " : "";
  const content =
    typeof inner === "string" ? spelled(inner) : inner.map((tree) => `${gap}${written(tree, otherwise)}`).join("");
  return `<${name}${listed.join("")}>${content}${typeof inner === "string" ? "" : gap}</${name}>`;
}

function pages(reference: string, shadow: string): number {
  const [left, right] = [readHtml(reference, false), readHtml(shadow, false)];
  if (left === null || right === null) throw new Error("No page.");
  return htmlDifferences(left, right).length;
}

const xml = (reference: string, shadow: string): unknown => compared(xmlTexts(sides(reference, shadow)));

const page = trees(["div", "section", "span", "b"], anyText);
const element = trees(["a", "b", "c"], anyText);

describe("any page", () => {
  it("does not differ from itself, in any spelling", () => {
    fc.assert(
      fc.property(page, (tree) => {
        expect(pages(written(tree, false), written(tree, true))).toBe(0);
      }),
      RUNS,
    );
  });

  it("differs where one text or attribute in it was exchanged", () => {
    fc.assert(
      fc.property(page, word, word, (tree, first, second) => {
        fc.pre(first !== second);
        const around = (text: string): string => `<div>${written(tree, false)}<h1>${text}</h1></div>`;
        expect(pages(around(first), around(second))).toBe(1);
        const named = (text: string): string => `<div title=${text}>${written(tree, false)}</div>`;
        expect(pages(named(first), named(second))).toBe(1);
      }),
      RUNS,
    );
  });
});

describe("any XML", () => {
  it("does not differ from itself, in any spelling", () => {
    fc.assert(
      fc.property(element, (tree) => {
        expect(xml(written(tree, false), written(tree, true))).toEqual([]);
      }),
      RUNS,
    );
  });

  it("differs where one text in it was exchanged", () => {
    fc.assert(
      fc.property(element, word, word, (tree, first, second) => {
        fc.pre(first !== second);
        const around = (text: string): string => `<r>${written(tree, false)}<x>${text}</x></r>`;
        expect(xml(around(first), around(second))).toEqual(["value $.r.x"]);
      }),
      RUNS,
    );
  });
});

const columns = fc.uniqueArray(word, { minLength: 2, maxLength: 5 });
const table = columns.chain((names) =>
  fc.record({
    names: fc.constant(names),
    rows: fc.array(fc.array(anyText, { minLength: names.length, maxLength: names.length }), {
      minLength: 1,
      maxLength: 6,
    }),
  }),
);
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const plain = (text: string): string => (/[",;|\s]/.test(text) ? cell(text) : text);

describe("any table", () => {
  it("does not differ from itself with other quotes, line ends and order of columns", () => {
    fc.assert(
      fc.property(table, ({ names, rows }) => {
        const one = [names, ...rows].map((row) => row.map(plain).join(",")).join("\n");
        const other = [names, ...rows].map((row) => row.toReversed().map(cell).join(",")).join("\r\n");
        expect(compared(csvTexts(sides(one, `${other}\r\n`)))).toEqual([]);
      }),
      RUNS,
    );
  });

  it("differs where one cell was exchanged", () => {
    fc.assert(
      fc.property(table, word, word, ({ names, rows }, first, second) => {
        fc.pre(first !== second);
        const of = (last: string): string =>
          [["Key", ...names], ...rows.map((row, at) => [at === 0 ? last : "same", ...row])]
            .map((row) => row.map(cell).join(","))
            .join("\n");
        expect(compared(csvTexts(sides(of(first), of(second))))).not.toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("any lines of JSON", () => {
  const record = fc.dictionary(word, fc.oneof(fc.integer(), anyText, fc.boolean()), { maxKeys: 5 });

  it("do not differ from themselves with other white space and order of keys", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), (records) => {
        const one = records.map((made) => JSON.stringify(made)).join("\n");
        const reversed = records.map((made) => Object.fromEntries(Object.entries(made).toReversed()));
        const other = reversed.map((made) => ` ${JSON.stringify(made).replaceAll(/^\{/g, "{ ")}\r\n`).join("\n");
        expect(compared(ndjsonTexts(sides(one, other)))).toEqual([]);
        const more = records.map((made, at) => JSON.stringify(at === 0 ? { ...made, NEW: 1 } : made)).join("\n");
        expect(compared(ndjsonTexts(sides(one, more)))).not.toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("any form", () => {
  const fields = fc.dictionary(word, anyText, { minKeys: 1, maxKeys: 6 });

  it("does not differ from itself with other escapes and order of fields, and does with another value", () => {
    fc.assert(
      fc.property(fields, (made) => {
        const entries = Object.entries(made).map(([name, value]): [string, string] => [name, value.toWellFormed()]);
        const one = new URLSearchParams(entries).toString();
        const other = entries.toReversed().map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
        expect(compared(formTexts(sides(one, other.join("&"))))).toEqual([]);
        expect(compared(formTexts(sides(`${one}&X=1`, `X=2&${one}`)))).toEqual(["value $.X"]);
      }),
      RUNS,
    );
  });
});
