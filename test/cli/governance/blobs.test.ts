/** Contents by blob: what is let go is read again, and lines are counted as git counts them. */
import { afterAll, expect, test } from "vitest";
import { contentOfSource, MAX_FILE_BYTES, readBlobs } from "../../../cli/governance/blobs.ts";
import { type Git, gitIn } from "../../../cli/governance/git.ts";
import { removeRepositories, repository, git as run } from "./repository.ts";

afterAll(removeRepositories);

const FILES: Readonly<Record<string, string | Buffer>> = {
  empty: "",
  one: "a",
  two: "a\nb\n",
  open: "a\nb\nc",
  binary: Buffer.from([97, 0, 10, 10, 98]),
  large: "x\n".repeat(MAX_FILE_BYTES / 2 + 1),
};

function read(files: Readonly<Record<string, string | Buffer>>, limits?: Parameters<typeof readBlobs>[2]) {
  const folder = repository([{ message: "Add", branch: "change", files }]);
  const own = gitIn(folder);
  const asked: string[] = [];
  const git: Git = {
    ...own,
    bytes: (args, input) => {
      asked.push(args.join(" "));
      return own.bytes(args, input);
    },
  };
  const names = Object.keys(files);
  const shas = new Map(names.map((name) => [name, run(folder, ["rev-parse", `change:${name}`]).trim()]));
  const shaOf = (name: string): string => shas.get(name) ?? "0".repeat(40);
  return { blobs: readBlobs(git, [...names.map(shaOf), "f".repeat(40)], limits), shaOf, asked };
}

test("lines are those of git's own count, also of what is not read", () => {
  const { blobs, shaOf } = read(FILES);
  const lines = Object.keys(FILES).map((name) => [name, blobs.lines(shaOf(name))]);
  expect(Object.fromEntries(lines)).toEqual({
    empty: 0,
    one: 1,
    two: 2,
    open: 3,
    binary: 3,
    large: MAX_FILE_BYTES / 2 + 1,
  });
});

test("what is binary, too large or not there has no text, which is said", () => {
  const { blobs, shaOf } = read(FILES);
  expect(blobs.content(shaOf("two"))).toEqual({ text: "a\nb\n", unread: null });
  expect(blobs.content(shaOf("binary"))).toMatchObject({ text: null, unread: "binary" });
  expect(blobs.content(shaOf("large"))).toEqual({ text: null, unread: "too-large" });
  expect(["two", "binary", "large"].map((name) => blobs.unread(shaOf(name)))).toEqual([null, "binary", "too-large"]);
  expect([blobs.content("f".repeat(40)), blobs.lines("f".repeat(40))]).toEqual([null, 0]);
});

test("code with a NUL in it is code, and UTF-16 is read", () => {
  const bytes = Buffer.from([0xff, 0xfe, 0x61, 0]);
  expect(contentOfSource({ text: null, unread: "binary", bytes })).toEqual({ text: "a", unread: null });
  expect(contentOfSource({ text: null, unread: "binary", bytes: Buffer.from("a\0b") }).text).toBe("a\0b");
});

test("more than is held is read again, and says the same", () => {
  const files = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, `file ${n}\n`.repeat(n + 1)]));
  // Two or three files in an answer, two answers at a time.
  const { blobs, shaOf, asked } = read(files, { batchBytes: 100, heldBatches: 2 });
  const before = asked.length;
  expect(blobs.content(shaOf("f8"))?.text).toBe(files["f8"]);
  expect(asked.length).toBe(before);
  for (const name of ["f0", "f4", "f8", "f0"]) expect(blobs.content(shaOf(name))?.text).toBe(files[name]);
  expect(asked.length).toBeGreaterThan(before);
});
