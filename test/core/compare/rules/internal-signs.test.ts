import { describe, expect, it, test } from "vitest";
import { MAX_SIGN_CHARS, showsInside, signIn } from "../../../../core/compare/rules/internal-signs.ts";
import { cpuMsSince, cpuNow } from "../../../cpu-time.ts";

const SHOWN = [
  'File "app/views.py", line 12',
  "at handler (/usr/src/main.js:10:5)",
  "at com.example.Shop.buy(Shop.java:42)",
  "at Shop.Cart.Add(Int32 id) in C:\\src\\Cart.cs:line 12",
  "goroutine 12 [running]",
  "Warning: Undefined array key in /data/index.php on line",
  "thread 'main' panicked at",
  'relation "users" does not exist',
  "PrismaClientKnownRequestError",
  "INSERT INTO users (id, name) VALUES",
];

describe("signs of the inside", () => {
  test.each(SHOWN)("%s is one, also inside a JSON text", (text) => {
    expect(showsInside(text)).toBe(true);
    expect(showsInside(JSON.stringify({ message: text }))).toBe(true);
    expect(signIn(text, text)).toBeNull();
  });

  test.each(SHOWN)("%s never goes on from one JSON text into the next", (text) => {
    const joined = Array.from({ length: text.length }).flatMap((_, at) => {
      const [before, after] = [text.slice(0, at), text.slice(at)];
      return showsInside(before) || showsInside(after) ? [] : [`${before}","${after}`];
    });
    expect(joined.filter(showsInside)).toEqual([]);
  });

  it("knows the columns of a statement in quotes", () => {
    expect(showsInside('INSERT INTO "Users" ("id","name") VALUES')).toBe(true);
  });

  it("ends before what is searched around a change does", () => {
    const far = "x".repeat(MAX_SIGN_CHARS);
    const stretched = [
      `PrismaClient${far}Error`,
      `goroutine ${"1".repeat(1_000)} [running]`,
      `thread '${far}' panicked at`,
    ];
    expect(stretched.filter(showsInside)).toEqual([]);
  });

  test.each(["SELECT a FROM b FROM ", "Warning: in ", "PrismaClient", "at a.", "1", "INSERT INTO a (b", '\\"'])(
    "256 KB of %s are searched in time",
    (piece) => {
      const before = cpuNow();
      showsInside(piece.repeat(Math.floor(262_144 / piece.length)));
      // Other tests run beside it: on a machine of its own it is a tenth of a second at most.
      expect(cpuMsSince(before)).toBeLessThan(1_000);
    },
  );
});
