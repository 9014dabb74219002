/** The breaker over all isolates: what opens it, who may try, what closes it, and how long that takes. */
import { describe, expect, test } from "vitest";
import { type Breaker, CLOSED, heard, OPEN_MS, stateOf, told } from "../../../durable-objects/registry/breaker.ts";

const T0 = 1_000_000;

function after(reports: readonly (readonly [answered: number, failed: number])[]): Breaker {
  return reports.reduce(
    (breaker, [answered, failed], at) =>
      heard(breaker, { isolateId: `isolate ${at}`, answered, failed, open: false }, T0),
    CLOSED,
  );
}

describe("it opens", () => {
  const cases: readonly (readonly [string, readonly (readonly [number, number])[], "open" | "closed"])[] = [
    [
      "after five failures without an answer, of different isolates",
      [
        [0, 1],
        [0, 2],
        [0, 2],
      ],
      "open",
    ],
    ["not after four", [[0, 4]], "closed"],
    [
      "not after five with an answer between",
      [
        [0, 3],
        [1, 0],
        [0, 2],
      ],
      "closed",
    ],
    [
      "when half of the last twenty failed",
      [
        [8, 4],
        [2, 4],
        [1, 3],
      ],
      "open",
    ],
    [
      "not when fewer than half of them failed",
      [
        [8, 3],
        [3, 3],
        [3, 3],
      ],
      "closed",
    ],
    ["not on few outcomes, half of them failed", [[3, 3]], "closed"],
    [
      "when half of a long report failed, whatever came before",
      [
        [1_000, 0],
        [50, 50],
      ],
      "open",
    ],
    [
      "not for old failures that twenty newer answers outweigh",
      [
        [15, 4],
        [20, 0],
        [0, 4],
      ],
      "closed",
    ],
  ];
  test.each(cases)("%s", (_name, reports, state) => {
    expect(stateOf(after(reports))).toBe(state);
  });

  test("when an isolate says so with a new failure, and not when it only repeats it", () => {
    const says = { isolateId: "a", answered: 0, open: true };
    expect(stateOf(heard(CLOSED, { ...says, failed: 1 }, T0))).toBe("open");
    expect(stateOf(heard(CLOSED, { ...says, failed: 0 }, T0))).toBe("closed");
  });
});

describe("open, it", () => {
  const open = after([[0, 5]]);

  test("is open to everyone for ten seconds, whatever late requests tell", () => {
    const late = heard(open, { isolateId: "b", answered: 3, failed: 9, open: true }, T0 + 5_000);
    expect(late).toEqual(open);
    expect(told(late, "b", T0 + OPEN_MS - 1).state).toBe("open");
  });

  test("then lets one isolate try, and another one when nothing is heard of that", () => {
    const first = told(open, "a", T0 + OPEN_MS);
    expect(first.state).toBe("trial");
    expect(told(first.breaker, "b", T0 + OPEN_MS + 1).state).toBe("open");
    const again = told(first.breaker, "a", T0 + OPEN_MS + 5_000);
    expect(again.state).toBe("trial");
    expect(told(again.breaker, "b", T0 + OPEN_MS + 6_500).state).toBe("trial");
  });

  test("closes with an answer", () => {
    const { breaker } = told(open, "a", T0 + OPEN_MS);
    const answered = { isolateId: "a", answered: 1, failed: 0, open: false };
    expect(heard(breaker, answered, T0 + OPEN_MS + 5_000)).toEqual(CLOSED);
  });

  test("stays open ten seconds more when the trial fails", () => {
    const { breaker } = told(open, "a", T0 + OPEN_MS);
    const failed = { isolateId: "a", answered: 0, failed: 1, open: true };
    const again = heard(breaker, failed, T0 + OPEN_MS + 5_000);
    expect(told(again, "b", T0 + 2 * OPEN_MS + 4_999).state).toBe("open");
    expect(told(again, "b", T0 + 2 * OPEN_MS + 5_000).state).toBe("trial");
  });

  test("does not take a failure of another isolate for the trial's", () => {
    const { breaker } = told(open, "a", T0 + OPEN_MS);
    expect(heard(breaker, { isolateId: "b", answered: 0, failed: 5, open: true }, T0 + OPEN_MS + 1)).toEqual(breaker);
  });
});

test("a shadow that is back is asked by every isolate within thirty seconds, and a dead one stops being asked within ten", () => {
  const isolates = Array.from({ length: 10 }, (_, at) => ({ id: `isolate ${at}`, syncAt: at * 500, state: "closed" }));
  let breaker: Breaker = CLOSED;
  let allOpenAt = Number.POSITIVE_INFINITY;
  let allClosedAt = Number.POSITIVE_INFINITY;
  const upAt = 60_000;
  for (let now = 0; now < 120_000; now += 100)
    for (const isolate of isolates.filter(({ syncAt }) => now % 5_000 === syncAt)) {
      const asked = isolate.state === "closed" ? 20 : isolate.state === "trial" ? 1 : 0;
      const [answered, failed] = now >= upAt ? [asked, 0] : [0, asked];
      breaker = heard(breaker, { isolateId: isolate.id, answered, failed, open: failed > 0 }, now);
      const reply = told(breaker, isolate.id, now);
      breaker = reply.breaker;
      isolate.state = reply.state;
      if (now < upAt && isolates.every(({ state }) => state !== "closed")) allOpenAt = Math.min(allOpenAt, now);
      if (now > upAt && isolates.every(({ state }) => state === "closed")) allClosedAt = Math.min(allClosedAt, now);
    }
  expect(allOpenAt).toBeLessThanOrEqual(10_000);
  expect(allClosedAt - upAt).toBeLessThanOrEqual(30_000);
});
