/** Where the start speaks: one result on standard output, everything else where it belongs, control characters on terminals only. */
import { describe, expect, test } from "vitest";
import { runScript } from "./script.ts";

/** `isTTY` is what a terminal sets on the stream. */
async function shown(json: boolean, { terminal = false, env = {} } = {}) {
  const { stdout, stderr } = await runScript(
    `import { openScreen } from "LOCAL/screen.ts";
     if (${terminal}) process.stdout.isTTY = process.stderr.isTTY = true;
     const screen = openScreen(${json});
     screen.live("one");
     screen.live("two");
     screen.say(screen.colors.red("said"));
     screen.live("three");
     screen.print("result");`,
    { NO_COLOR: "", FORCE_COLOR: "", TERM: "xterm", ...env },
  ).ended;
  return { stdout, stderr };
}

describe("through a pipe", () => {
  test("everything is plain, and nothing is overwritten", async () => {
    expect(await shown(false)).toEqual({ stdout: "said\nresult\n", stderr: "" });
  });

  test("with --json standard output is the result alone", async () => {
    expect(await shown(true)).toEqual({ stdout: "result\n", stderr: "said\n" });
  });
});

const LINE = "\r\u001B[2K";

describe("on a terminal", () => {
  test("a live line is overwritten by the next and by what is said, and stays above the result", async () => {
    const { stdout } = await shown(false, { terminal: true });
    expect(stdout).toBe(`${LINE}one${LINE}two${LINE}\u001B[31msaid\u001B[39m\n${LINE}three\nresult\n`);
  });

  test("with --json live lines go to standard error", async () => {
    const { stdout, stderr } = await shown(true, { terminal: true });
    expect([stdout, stderr]).toEqual(["result\n", expect.stringContaining(`${LINE}three\n`)]);
  });

  test.each([{ NO_COLOR: "1" }, { TERM: "dumb" }])("there are no colours with %o", async (env) => {
    expect((await shown(false, { terminal: true, env })).stdout).toContain(`${LINE}said\n`);
  });
});

test("a reader that went away ends nothing", async () => {
  const script = runScript(
    `import { openScreen } from "LOCAL/screen.ts";
     const screen = openScreen(false);
     screen.say("first");
     setInterval(() => screen.say("x".repeat(100_000)), 20);
     setTimeout(() => process.exit(7), 500);`,
  );
  script.child.stdout?.once("data", () => script.child.stdout?.destroy());
  expect(await script.ended).toMatchObject({ code: 7, stderr: "" });
});
