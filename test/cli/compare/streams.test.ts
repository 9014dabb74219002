/** The command's ends in a process of their own: results on standard output, words for people on standard error. */
import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";

const STREAMS = new URL("../../../cli/compare/streams.ts", import.meta.url).href;

async function run(source: string) {
  const script = `import { createProgress, standardOutput, fileOutput, leaveQuietlyOnClosedPipe, openInput } from ${JSON.stringify(STREAMS)};\n${source}`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], { stdio: "pipe" });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.end("from standard input");
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

test("results go to standard output whole, also when the pipe is slower", async () => {
  const { stdout, stderr } = await run(`
    const output = standardOutput();
    for (let i = 0; i < 200; i += 1) await output.write("x".repeat(10_000) + "\\n");`);
  expect([stdout.length, stderr]).toEqual([200 * 10_001, ""]);
});

test("a hundred malformed lines are named, then it is said once that more follow", async () => {
  const { stdout, stderr } = await run(`
    const progress = createProgress();
    for (let i = 1; i <= 150; i += 1) progress.malformed(i, "not JSON");`);
  const lines = stderr.trim().split("\n");
  expect([stdout, lines.length, lines[0], lines[99]]).toEqual(["", 101, "line 1: not JSON", "line 100: not JSON"]);
  expect(lines[100]).toContain("counted and not named");
});

describe("progress", () => {
  const source = (terminal: boolean): string => `
    process.stderr.isTTY = ${terminal};
    const progress = createProgress();
    for (let i = 1; i <= 1000; i += 1) progress.show(\`\${i} pairs judged\`);`;

  test("is shown on a terminal, not for each pair", async () => {
    expect((await run(source(true))).stderr).toMatch(/^\r1 pairs judged(\r\d+ pairs judged){0,5}$/);
  });

  test("is not shown elsewhere", async () => expect((await run(source(false))).stderr).toBe(""));
});

test("- is standard input, anything else a file", async () => {
  const shown = (file: string): string =>
    `for await (const chunk of openInput(${JSON.stringify(file)})) process.stdout.write(chunk);`;
  expect((await run(shown("-"))).stdout).toBe("from standard input");
  expect((await run(shown(import.meta.filename))).stdout).toContain("a hundred malformed lines are named");
});

test("a reader that closed early is left quietly with the given code; another fault is not swallowed", async () => {
  const fail = (code: string): string => `
    leaveQuietlyOnClosedPipe(4);
    process.stdout.emit("error", Object.assign(new Error("of this test"), { code: ${JSON.stringify(code)} }));`;
  expect(await run(fail("EPIPE"))).toMatchObject({ code: 4, stderr: "" });
  expect(await run(fail("EIO"))).toMatchObject({ code: 1, stderr: expect.stringContaining("of this test") });
});
