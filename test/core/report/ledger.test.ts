import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ledgerOf } from "../../../core/report/ledger.ts";
import type { HostCounters } from "../../../core/wire/sync.ts";

function host(counters: Partial<HostCounters>): HostCounters {
  const none = { seen: 0, sampled: 0, sent: 0, equal: 0, answered: 0, failed: 0, skipped: {}, dropped: {} };
  return { ...none, lostWithIsolate: 0, unrouted: 0, ...counters };
}

describe("the ledger", () => {
  test("adds up hosts, reason by reason", () => {
    const one = host({
      seen: 9,
      sampled: 7,
      sent: 3,
      skipped: { method: 1, stream: 2 },
      dropped: { queue: 1 },
      unrouted: 4,
    });
    const two = host({ seen: 1, sampled: 1, skipped: { method: 1 } });
    expect(ledgerOf([one, two], { pairs: 3, shadowFailed: 1 })).toEqual({
      seen: 10,
      sampled: 8,
      compared: 2,
      shadowFailed: 1,
      skipped: { method: 2, stream: 2 },
      dropped: { queue: 1 },
      inFlight: 0,
      unreported: 0,
      unrouted: 4,
      unexplained: 0,
    });
  });

  test("shows what the queue still holds as in flight", () => {
    const ledger = ledgerOf([host({ seen: 5, sampled: 5, sent: 5 })], { pairs: 2, shadowFailed: 0 });
    expect(ledger).toMatchObject({ compared: 2, inFlight: 3, unexplained: 0 });
  });

  test("counts pairs that are stored before their tee reported as seen and sampled", () => {
    const ledger = ledgerOf([host({ seen: 1, sampled: 1, sent: 1 })], { pairs: 4, shadowFailed: 0 });
    expect(ledger).toMatchObject({ seen: 4, sampled: 4, compared: 4, unreported: 3, unexplained: 0 });
  });

  test("shows a sampled request that reached no state as unexplained", () => {
    const ledger = ledgerOf([host({ seen: 3, sampled: 3, sent: 1, dropped: { memory: 1 } })], {
      pairs: 1,
      shadowFailed: 0,
    });
    expect(ledger.unexplained).toBe(1);
  });

  test("adds up whatever the counters are", () => {
    const counters = fc.record({
      seen: fc.nat(),
      sampled: fc.nat(),
      sent: fc.nat(),
      skipped: fc.record({ cached: fc.nat() }, { requiredKeys: [] }),
      dropped: fc.record({ internal: fc.nat() }, { requiredKeys: [] }),
      unrouted: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(counters, { maxLength: 4 }), fc.nat(), (hosts, pairs) => {
        const l = ledgerOf(hosts.map(host), { pairs, shadowFailed: 0 });
        const states = [
          ...Object.values(l.skipped),
          ...Object.values(l.dropped),
          l.compared,
          l.shadowFailed,
          l.inFlight,
        ];
        expect(states.reduce((a, b) => a + b, l.unexplained)).toBe(l.sampled);
      }),
    );
  });
});
