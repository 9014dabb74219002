/** Interrupts: the first asks, its echo is ignored, the second kills, and afterwards the system's own way is back. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { SAME_INTERRUPT_MS } from "../../infra/local/interrupt.ts";
import { runScript, type Script } from "./script.ts";

const SOURCE = `
  import { onInterrupt } from "LOCAL/interrupt.ts";
  const interrupt = onInterrupt();
  interrupt.happened.then(() => console.log("first", interrupt.signal.aborted));
  interrupt.again.then(() => (console.log("second"), interrupt.off()));
  console.log("ready", interrupt.signal.aborted);
  setInterval(() => {}, 1000);
`;
let script: Script | undefined;
afterEach(async () => {
  script?.child.kill("SIGKILL");
  await script?.ended;
});

async function started() {
  const one = runScript(SOURCE);
  script = one;
  const says = (words: string) => vi.waitFor(() => expect(one.stdout()).toContain(words), { timeout: 10_000 });
  await says("ready false");
  return { ...one, says };
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s asks for an orderly end and ends nothing by itself",
  async (name) => {
    const { child, says } = await started();
    child.kill(name);
    await says("first true");
    await sleep(100);
    expect(child.exitCode ?? child.signalCode).toBeNull();
  },
);

test("what comes right after the first is the same interrupt; what comes later is the second", async () => {
  const { child, says, stdout, ended } = await started();
  child.kill("SIGINT");
  await says("first true");
  child.kill("SIGTERM");
  child.kill("SIGINT");
  await sleep(SAME_INTERRUPT_MS + 100);
  expect(stdout()).not.toContain("second");
  child.kill("SIGINT");
  await says("second");
  // Nobody listens any more: the next one is the system's.
  child.kill("SIGINT");
  expect((await ended).code).toBeNull();
});
