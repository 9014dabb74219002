import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LedgerSources, ledgerOf, QUEUE_LOST_AFTER_MS, type TeeCounter } from "../../../core/report/ledger.ts";
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { ISOLATE_LOST_AFTER_MS } from "../../../core/wire/sync.ts";

const NOW = 10_000_000;

/** What one host counted, all of it `ago` milliseconds ago. */
function host(counts: Readonly<Record<string, number>>, { name = "a.example.com", ago = 1_000 } = {}): TeeCounter[] {
  return Object.entries(counts).map(([counter, value]) => ({ host: name, counter, value, updatedAt: NOW - ago }));
}

function ledger(counters: readonly TeeCounter[], stored: Partial<LedgerSources["stored"]> = {}, stale = false): Ledger {
  const all = { pairs: 0, shadowFailed: 0, shadowFailedReasons: {}, ...stored };
  return ledgerOf({ counters, hosts: [], stored: all, stale, now: NOW });
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}

function states(l: Ledger): number {
  return l.compared + l.shadowFailed + sum(l.skipped) + sum(l.dropped) + sum(l.lost) + l.inFlight;
}

describe("the ledger", () => {
  test("adds up hosts, reason by reason", () => {
    const one = host({ seen: 9, sampled: 7, sent: 3, "skipped:method": 1, "skipped:stream": 2, "dropped:queue": 1 });
    const two = host({ seen: 1, sampled: 1, "skipped:method": 1 }, { name: "b.example.com" });
    const stored = { pairs: 3, shadowFailed: 1, shadowFailedReasons: { timeout: 1 } };
    expect(ledger([...one, ...two], stored)).toEqual({
      seen: 10,
      sampled: 8,
      compared: 2,
      equalWithoutRow: 0,
      shadowFailed: 1,
      shadowFailedReasons: { timeout: 1 },
      skipped: { method: 2, stream: 2 },
      dropped: { queue: 1 },
      lost: { isolate: 0, queue: 0 },
      inFlight: 0,
      inFlightAt: { tee: 0, queue: 0 },
      unreported: 0,
      unrouted: 0,
      hosts: [],
      stale: false,
      unexplained: 0,
    });
  });

  test("counts a pair as compared that a tee believes the queue refused, and not as dropped too", () => {
    const counters = host({ seen: 10, sampled: 10, sent: 4, "dropped:queue": 5, "dropped:memory": 1 });
    const found = ledger(counters, { pairs: 7 });
    expect(found).toMatchObject({ sampled: 10, compared: 7, dropped: { queue: 2, memory: 1 }, unreported: 0 });
    expect(states(found)).toBe(found.sampled);
    expect(ledger(counters, { pairs: 12 })).toMatchObject({ sampled: 13, dropped: { memory: 1 }, unreported: 3 });
  });

  test("counts byte-equal pairs without a row as compared", () => {
    const counters = host({ seen: 100, sampled: 100, sent: 3, equal: 97 });
    expect(ledger(counters, { pairs: 3 })).toMatchObject({ compared: 100, equalWithoutRow: 97, inFlight: 0 });
  });

  test("adds up the requests without a table over the hosts it names", () => {
    const hosts = [
      { host: "a.example.com", unrouted: 4, killSwitch: false, standing: null },
      { host: "b.example.com", unrouted: 1, killSwitch: null, standing: null },
    ];
    const stored = { pairs: 0, shadowFailed: 0, shadowFailedReasons: {} };
    expect(ledgerOf({ counters: [], hosts, stored, stale: false, now: NOW })).toMatchObject({ unrouted: 5, hosts });
  });
});

describe("a request on its way", () => {
  test("is in flight with the tee until the tee says how it ended, and on the queue until it is stored", () => {
    const l = ledger(host({ seen: 9, sampled: 9, sent: 5 }), { pairs: 2 });
    expect(l).toMatchObject({ compared: 2, inFlight: 7, inFlightAt: { tee: 4, queue: 3 }, unexplained: 0 });
  });

  test("is lost with the queue an hour after the last one was sent, not before", () => {
    const at = (ago: number) => ledger(host({ seen: 5, sampled: 5, sent: 5 }, { ago }), { pairs: 2 });
    expect(at(QUEUE_LOST_AFTER_MS)).toMatchObject({ inFlightAt: { queue: 3 }, lost: { queue: 0 } });
    expect(at(QUEUE_LOST_AFTER_MS + 1)).toMatchObject({ inFlightAt: { queue: 0 }, lost: { queue: 3 } });
  });

  test("is lost with its isolate when the registry says so", () => {
    const l = ledger(host({ seen: 9, sampled: 9, sent: 5, "lost:isolate": 3 }), { pairs: 5 });
    expect(l).toMatchObject({ lost: { isolate: 3 }, inFlightAt: { tee: 1 }, unexplained: 0 });
  });

  test("is unexplained when it is with no tee any more and nobody lost it", () => {
    const ago = ISOLATE_LOST_AFTER_MS + 180_000;
    const counters = host({ seen: 3, sampled: 3, sent: 1, "dropped:memory": 1 }, { ago });
    expect(ledger(counters, { pairs: 1 })).toMatchObject({ inFlight: 0, unexplained: 1 });
    expect(ledger(counters, { pairs: 1 }, true)).toMatchObject({ inFlightAt: { tee: 1 }, unexplained: 0, stale: true });
  });

  test("that ended twice is unexplained at once", () => {
    const l = ledger(host({ seen: 2, sampled: 2, sent: 2, "skipped:method": 1 }), { pairs: 2 });
    expect(l.unexplained).toBe(-1);
  });
});

describe("pairs that came by HTTP", () => {
  const posted = host({ posted: 3 }, { name: "" });

  test("were seen, sampled and compared in one step", () => {
    const found = ledger(posted, { pairs: 3 });
    expect(found).toMatchObject({ seen: 3, sampled: 3, compared: 3, unreported: 0, inFlight: 0, unexplained: 0 });
  });

  test("hide none that is on the queue, and keep none from being lost", () => {
    const sent = host({ seen: 5, sampled: 5, sent: 5 }, { ago: QUEUE_LOST_AFTER_MS + 1 });
    const found = ledger([...sent, ...posted], { pairs: 5 });
    expect(found).toMatchObject({ seen: 8, sampled: 8, compared: 5, lost: { queue: 3 }, unreported: 0 });
    expect(states(found)).toBe(found.sampled);
  });
});

describe("pairs that are stored before their tee reported them", () => {
  test("prove that they were seen and sampled", () => {
    const l = ledger(host({ seen: 1, sampled: 1, sent: 1 }), { pairs: 4 });
    expect(l).toMatchObject({ seen: 4, sampled: 4, compared: 4, unreported: 3, unexplained: 0 });
  });

  test("are among those the tee reported as sampled and nothing else yet", () => {
    const l = ledger(host({ seen: 5, sampled: 5, sent: 1 }), { pairs: 4 });
    expect(l).toMatchObject({ sampled: 5, compared: 4, unreported: 0, inFlightAt: { tee: 1 }, unexplained: 0 });
  });

  test("of an isolate that was killed after sending them are not lost", () => {
    const l = ledger(host({ seen: 10, sampled: 10, sent: 7, "lost:isolate": 3 }), { pairs: 9 });
    expect(l).toMatchObject({ sampled: 10, compared: 9, lost: { isolate: 1 }, unreported: 0, unexplained: 0 });
  });
});

test("sampled is the sum of the states, whatever was counted and stored, in every order of reports", () => {
  const isolate = fc.record({
    sent: fc.nat(50),
    equal: fc.nat(50),
    skipped: fc.nat(50),
    dropped: fc.nat(50),
    hand: fc.nat(5),
  });
  fc.assert(
    fc.property(
      fc.array(isolate, { maxLength: 4 }),
      fc.nat(300),
      fc.nat(9),
      fc.boolean(),
      (isolates, pairs, posted, dead) => {
        const counters = isolates.flatMap(({ sent, equal, skipped, dropped, hand }, n) =>
          host(
            {
              seen: 1_000,
              sampled: sent + equal + skipped + dropped + hand,
              sent,
              equal,
              "skipped:cached": skipped,
              "dropped:internal": dropped,
              "lost:isolate": dead && n === 0 ? hand : 0,
            },
            { name: `${n}.example.com` },
          ),
        );
        const all = [...counters, ...host({ posted }, { name: "" })];
        const l = ledger(all, { pairs: pairs + posted, shadowFailed: Math.floor(pairs / 3) });
        expect(states(l)).toBe(l.sampled);
        expect(l.unexplained).toBe(0);
        expect(Math.min(l.inFlightAt.tee, l.inFlightAt.queue, l.lost.isolate, l.unreported)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
