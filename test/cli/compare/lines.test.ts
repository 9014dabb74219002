/** Lines out of bytes: wherever the chunks are cut, and whatever a line is made of. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Line, linesOf, MAX_LINE_BYTES } from "../../../cli/compare/lines.ts";

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function read(...chunks: readonly (string | Uint8Array)[]): Promise<readonly Line[]> {
  const bytes = chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk));
  const lines: Line[] = [];
  for await (const line of linesOf(streamOf(bytes))) lines.push(line);
  return lines;
}

const textsOf = (lines: readonly Line[]) => lines.map((line) => line.text);

describe("line breaks", () => {
  test.each([
    ["a\nb\n", ["a", "b"]],
    ["a\r\nb", ["a", "b"]],
    ["a\n\nb", ["a", "", "b"]],
    ["", []],
    ["\n", [""]],
    ["a\rb", ["a\rb"]],
    ["\uFEFFa\nb", ["a", "b"]],
  ])("%j has the lines %j", async (text, lines) => {
    expect(textsOf(await read(text))).toEqual(lines);
  });

  test("are numbered from 1, blank lines too", async () => {
    expect((await read("a\n\nb\n")).map((line) => line.number)).toEqual([1, 2, 3]);
  });
});

test("the cut of the chunks changes nothing, not even inside a character", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n\uFEFF]/g, ""))),
      fc.array(fc.nat(200)),
      async (texts, cuts) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(""));
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(textsOf(await read(...chunks))).toEqual(texts);
      },
    ),
  );
});

test("a line that is no UTF-8 is a problem of its own, the lines around it are read", async () => {
  const lines = await read("a\n", Buffer.from([0xff, 0xfe, 0x0a]), "b");
  expect(lines).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: null, problem: "the line is not valid UTF-8" },
    { number: 3, text: "b" },
  ]);
});

test("a line that is too long is refused in words, and the next one is read", async () => {
  const chunk = Buffer.alloc(MAX_LINE_BYTES / 2 + 1, "x");
  const lines = await read("a\n", chunk, chunk, chunk, "\nb\n");
  expect(textsOf(lines)).toEqual(["a", null, "b"]);
  expect(lines[1]?.problem).toContain(`more than ${MAX_LINE_BYTES} bytes`);
});

test("a line of just the limit is read", async () => {
  const half = Buffer.alloc(MAX_LINE_BYTES / 2, "x");
  expect((await read(half, half, "\n"))[0]?.text).toHaveLength(MAX_LINE_BYTES);
});
