import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Json, jsonTree } from "../../../../pages/src/pair/align/json-tree.ts";

/** The value a tree stands for, by JavaScript's own numbers. */
function valueOf(tree: Json): unknown {
  if (tree.type === "array") return tree.items.map(valueOf);
  if (tree.type === "object") return Object.fromEntries(tree.entries.map(([key, value]) => [key, valueOf(value)]));
  return JSON.parse(tree.source);
}

describe("jsonTree", () => {
  it("holds what JSON.parse would read, for any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const tree = jsonTree(text);
        expect(tree && JSON.stringify(valueOf(tree))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it("keeps integers beyond 2^53 apart", () => {
    expect(jsonTree("9007199254740993")?.meaning).not.toBe(jsonTree("9007199254740992")?.meaning);
  });

  it("takes notations of one number for equal, and shows them as written", () => {
    const tree = jsonTree("1.0");
    expect(tree).toMatchObject({ source: "1.0" });
    expect(tree?.meaning).toBe(jsonTree("1")?.meaning);
  });

  it("takes escapes and key order for equal", () => {
    expect(jsonTree('{"a":"\\u00e9","b":1}')?.meaning).toBe(jsonTree('{"b":1,"a":"é"}')?.meaning);
  });

  it("keeps a key that stands twice", () => {
    expect(jsonTree('{"a":1,"a":2}')).toMatchObject({
      entries: [
        ["a", { source: "1" }],
        ["a", { source: "2" }],
      ],
    });
  });

  it("does not take brackets and quotes inside strings for structure", () => {
    expect(jsonTree('{"a":"}]\\",{"}')).toMatchObject({ entries: [["a", { source: '"}]\\",{"' }]] });
  });

  it.each(["", "{", "[1,]", "hello", "<html>"])("is null for %j, which is no JSON", (text) => {
    expect(jsonTree(text)).toBeNull();
  });

  it("is null for a body that nests too deeply to be drawn", () => {
    expect(jsonTree("[".repeat(5_000) + "]".repeat(5_000))).toBeNull();
  });
});
