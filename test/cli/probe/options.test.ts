/** Flags that are taken, and those that are refused with a sentence. */
import { describe, expect, it } from "vitest";
import { optionsOf } from "./running.ts";

describe("the flags", () => {
  it("are read as what they are", () => {
    const flags = ["--max-failure-rate", "5%", "--header", "X-A:  b: c ", "--header", "y:", "--load", "1,2,8"];
    expect(optionsOf(flags)).toMatchObject({
      maxFailureRate: 0.05,
      header: [
        ["x-a", "b: c"],
        ["y", ""],
      ],
      load: [1, 2, 8],
      ratioLimit: 1.25,
      format: "pretty",
    });
  });

  it.each([
    ["--iterations", "0"],
    ["--iterations", "2.5"],
    ["--iterations", ""],
    ["--p95-threshold", "fast"],
    ["--p95-threshold", "-1"],
    ["--max-failure-rate", "5"],
    ["--max-failure-rate", "500%"],
    ["--timeout", "0"],
    ["--timeout", "0x10"],
    ["--base-url", "localhost:8000"],
    ["--base-url", "ftp://h"],
    ["--base-url", "http://someone:word@h"],
    ["--base-url", "http://h/?a=b"],
    ["--preset", "other"],
    ["--header", "nothing"],
    ["--header", ": value"],
    ["--header", "Content-Length: 3"],
    ["--header", "a: b\r\nc: d"],
    ["--load", "4,2"],
    ["--load", "1,,2"],
    ["--load", "1,9999"],
    ["--ratio-limit", "0.5"],
    ["--health-path", "healthz"],
  ])("refuse %s %j", (flag, value) => {
    expect(() => optionsOf([flag, value])).toThrow(/argument .* is invalid/s);
  });
});
