/** `shadow-infra compare` as a user runs it: a real process, real files and pipes. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const BIN = new URL("../../cli/bin.mjs", import.meta.url).pathname;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], input: string | Buffer = ""): Promise<Ran> {
  const child = spawn(process.execPath, [BIN, "compare", ...args]);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A process that refuses its arguments does not read its input.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

function line(id: string, prod: unknown, shadow: unknown): string {
  const side = (body: unknown): unknown => ({
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    latencyMs: 9,
  });
  return JSON.stringify({
    id,
    request: { method: "GET", path: `/things/${id}` },
    prod: side(prod),
    shadow: side(shadow),
  });
}

const SAFE = line("1", { a: 1 }, { a: 1 });
const WARNING = line("2", { color: "red" }, { color: "blue" });
const CRITICAL = line("3", { a: 1, b: 2 }, { a: 1 });

describe("shadow-infra compare", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "shadow-infra-compare-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("prints one verdict per pair in the order of the file and exits with 0, whatever the verdicts", async () => {
    const file = join(folder, "pairs.jsonl");
    writeFileSync(file, `${SAFE}\n${WARNING}\n${CRITICAL}\n`);
    const { code, stdout, stderr } = await run([file]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(code).toBe(0);
    expect(lines.map(({ id, verdict, decidedBy }) => [id, verdict, decidedBy])).toEqual([
      ["1", "Safe", "rule"],
      ["2", "Warning", "rule"],
      ["3", "Critical", "rule"],
    ]);
    expect(Object.keys(lines[2])).toEqual(["id", "verdict", "decidedBy", "reasoning", "findings"]);
    expect(lines[2].findings).toEqual([
      {
        rule: "field-removed",
        severity: "Critical",
        path: "$.b",
        signature: expect.stringMatching(/^[0-9a-f]{16}$/),
        noise: null,
      },
    ]);
    expect(stderr).toContain("3 pairs judged: 1 Critical, 1 Warning, 1 Safe");
    expect(stderr).toContain("GET /things/{id}: 1 Critical");
  });

  it("reads standard input with a byte order mark, CRLF, blank lines and no last line break", async () => {
    const { code, stdout } = await run(["-"], `\uFEFF${SAFE}\r\n\r\n   \n${WARNING}`);
    expect([code, stdout.trim().split("\n").length]).toEqual([0, 2]);
  });

  it("names malformed lines by number and reason, skips them and exits with 3", async () => {
    const broken = ["{", "[]", '{"id":"x"}', SAFE.replace('"status":200', '"status":"200"'), SAFE.replace("GET", "")];
    const { code, stdout, stderr } = await run(
      ["-"],
      Buffer.concat([Buffer.from(`${SAFE}\n${broken.join("\n")}\n`), Buffer.from([0xff, 0xfe, 10]), Buffer.from(SAFE)]),
    );
    expect([code, stdout.trim().split("\n").length]).toEqual([3, 2]);
    for (const reason of [
      /line 2: not JSON/,
      /line 3: .*object/,
      /line 4: request/,
      /line 5: prod.status: /,
      /line 6: request.method: /,
      /line 7: .*UTF-8/,
    ])
      expect(stderr).toMatch(reason);
    expect(stderr).toContain("6 malformed lines skipped");
  });

  it.each([
    [["--fail-on", "critical"], `${SAFE}\n${WARNING}\n`, 0],
    [["--fail-on", "warning"], `${SAFE}\n${WARNING}\n`, 1],
    [["--fail-on", "critical"], `${CRITICAL}\n{\n`, 1],
    [["--fail-on", "critical"], `${SAFE}\n{\n`, 3],
    [["--fail-on", "safe"], SAFE, 2],
    [["--nonsense"], SAFE, 2],
    [[], "", 3],
  ])("with %j exits as documented", async (flags, input, code) => {
    expect((await run(["-", ...flags], input)).code).toBe(code);
  });

  it("exits with 2 without a file and with 3 for one that cannot be read", async () => {
    expect((await run([])).code).toBe(2);
    const { code, stderr } = await run([join(folder, "absent.jsonl")]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Cannot read .*absent\.jsonl/);
    expect((await run([folder])).code).toBe(3);
  });

  it("judges a line of ten megabytes", async () => {
    const long = line("1", { a: "x".repeat(5_000_000), b: 1 }, { a: "x".repeat(5_000_000), b: 2 });
    const { code, stdout } = await run(["-"], long);
    expect([code, JSON.parse(stdout).findings[0].path]).toEqual([0, "$.b"]);
  });

  it("says nothing when its reader leaves early", async () => {
    const file = join(folder, "many.jsonl");
    writeFileSync(file, `${CRITICAL}\n`.repeat(5_000));
    const child = spawn("sh", ["-c", `"${process.execPath}" "${BIN}" compare "${file}" | head -1`]);
    const stderr: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    await new Promise((resolve) => child.on("close", resolve));
    expect(Buffer.concat(stderr).toString()).not.toMatch(/EPIPE|Error|at /);
  });

  it("needs no more memory for many lines than for few", async () => {
    const peak = async (lines: number): Promise<number> => {
      const file = join(folder, `${lines}.jsonl`);
      writeFileSync(
        file,
        Array.from({ length: lines }, (_, i) =>
          line(String(i), { a: "x".repeat(500), n: i }, { a: "x".repeat(500), n: 0 }),
        ).join("\n"),
      );
      const report = `process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS)); `;
      const main = new URL("../../cli/main.ts", import.meta.url).href;
      const child = spawn(process.execPath, [
        "--input-type=module",
        "-e",
        `${report} await import("${main}")`,
        "compare",
        file,
      ]);
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.stdout.resume();
      await new Promise((resolve) => child.on("close", resolve));
      expect(stderr).toContain(`${lines} pairs judged`);
      return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
    };
    const [few, many] = [await peak(1_000), await peak(6_000)];
    expect(few).toBeGreaterThan(20);
    expect(many - few).toBeLessThan(64);
  }, 60_000);
});
