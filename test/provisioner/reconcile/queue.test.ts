import { expect, test } from "vitest";
import { createQueue, type Turn } from "../../../infra/provisioner/reconcile/queue.ts";
import { createTime } from "./simulation/clock.ts";

/** Work that takes a second a turn, writes down when it began, and asks to come again as told. */
function working({ atOnce = 4, again = () => null as number | null } = {}) {
  const time = createTime(0);
  const begun: string[] = [];
  const active = new Set<string>();
  const work = async ({ key, woken, signal }: Turn) => {
    expect(active.has(key)).toBe(false);
    active.add(key);
    expect(active.size).toBeLessThanOrEqual(atOnce);
    begun.push(`${time.now()} ${key}${woken ? "" : " by itself"}`);
    await time.sleepOr(1_000, signal);
    active.delete(key);
    return again();
  };
  return { time, begun, queue: createQueue({ clock: time.process().clock, atOnce, work }) };
}

test("wake-ups during a turn end it and become one further turn", async () => {
  const { time, begun, queue } = working();
  queue.wake("a", true);
  await time.advance(100);
  queue.wake("a", true);
  queue.wake("a", true);
  await time.advance(5_000);
  expect(begun).toEqual(["0 a", "100 a"]);
});

test("a storm of wake-ups does not keep a turn from being finished", async () => {
  const { time, begun, queue } = working();
  for (let n = 0; n < 40; n += 1) {
    queue.wake("a", true);
    await time.advance(100);
  }
  expect(begun.slice(0, 5)).toEqual(["0 a", "100 a", "200 a", "300 a", "1300 a"]);
});

test("a few keys at once, the urgent ones first", async () => {
  const { time, begun, queue } = working({ atOnce: 1 });
  queue.wake("a", false);
  queue.wake("b", false);
  queue.wake("c", true);
  await time.advance(3_000);
  expect(begun).toEqual(["0 a", "1000 c", "2000 b"]);
});

test("a turn that asks for it comes again, sooner when woken", async () => {
  const { time, begun, queue } = working({ again: () => 10_000 });
  queue.wake("a", true);
  await time.advance(12_500);
  queue.wake("a", false);
  await time.advance(500);
  expect(begun).toEqual(["0 a", "11000 a by itself", "12500 a"]);
});

test("stop waits for the turn in hand and begins no other", async () => {
  const { time, begun, queue } = working({ atOnce: 1 });
  queue.wake("a", true);
  queue.wake("b", true);
  await time.advance(500);
  let stopped = false;
  const stopping = queue.stop().then(() => (stopped = true));
  await time.advance(100);
  expect(stopped).toBe(false);
  await time.advance(60_000);
  await stopping;
  expect(begun).toEqual(["0 a"]);
});
