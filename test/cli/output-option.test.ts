import { Command } from "commander";
import { expect, test } from "vitest";
import { outputOption, readOutput } from "../../cli/output-option.ts";

const FORMATS = ["json", "sarif"] as const;

test("the path is all that follows the first =", () => {
  expect(readOutput("sarif=out/a=b.sarif", FORMATS)).toEqual({ format: "sarif", path: "out/a=b.sarif" });
});

test.each(["sarif", "sarif=", "xml=a", ""])("%j names no file of a format", (text) => {
  expect(readOutput(text, FORMATS)).toBeNull();
});

function outputsOf(args: readonly string[]): unknown {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  return command
    .addOption(outputOption(FORMATS, "json=run.json"))
    .parse([...args], { from: "user" })
    .opts()["output"];
}

test("there may be none, or several", () => {
  expect(outputsOf([])).toEqual([]);
  expect(outputsOf(["--output", "json=a", "--output", "sarif=b"])).toEqual([
    { format: "json", path: "a" },
    { format: "sarif", path: "b" },
  ]);
});

test("a wrong one is refused with an example", () => {
  expect(() => outputsOf(["--output", "xml=a"])).toThrow(
    "Expected format=path with one of json, sarif, such as json=run.json.",
  );
});
