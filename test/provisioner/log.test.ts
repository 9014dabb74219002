/** A log line is JSON, and no secret gets into it by whatever way. */
import { expect, test } from "vitest";
import { createLog } from "../../infra/provisioner/log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): readonly string[] {
  const lines: string[] = [];
  write(
    createLog({
      level: "info",
      secrets: ["tok-abcdefgh", "two\nlines of it", "short"],
      write: (line) => lines.push(line),
    }),
  );
  return lines;
}

test("a line has its level, time, fields and words", () => {
  const [line = ""] = logged((log) => log.info({ pr: 12 }, "a stack is ready"));
  expect(JSON.parse(line)).toEqual({ level: "info", time: expect.any(String), pr: 12, words: "a stack is ready" });
});

test("values of secrets are hidden in words, fields and errors", () => {
  const lines = logged((log) => {
    log.warn({ url: "https://x/?t=tok-abcdefgh" }, "sent tok-abcdefgh");
    log.error({ error: new Error("tok-abcdefgh").stack, key: "two\nlines of it" }, "failed");
  }).join("");
  expect(lines).not.toContain("tok-abcdefgh");
  expect(lines).not.toContain("lines of it");
  expect(lines).toContain("[hidden]");
});

test("fields that hold credentials by name are hidden whatever their value, a few levels down", () => {
  const request = { headers: { authorization: "unknown value" } };
  const lines = logged((log) => log.error({ request, token: "unknown value" }, "failed")).join("");
  expect(lines).not.toContain("unknown value");
});

test("levels below the one set are not written", () => {
  expect(logged((log) => log.debug({}, "details"))).toEqual([]);
});
