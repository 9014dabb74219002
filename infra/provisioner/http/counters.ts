/** What the service counts of deliveries since it started, for /metrics. */

/** What became of a delivery: why it was refused, or what it meant. */
export type Outcome = "woke" | "ignored" | "repeated" | "refused";

export interface DeliveryCounters {
  readonly count: (event: string, outcome: Outcome) => void;
  readonly all: () => readonly { readonly event: string; readonly outcome: Outcome; readonly count: number }[];
}

/** Strangers choose the event's name: only so many are told apart. GitHub has some 70. */
const MAX_EVENTS = 100;
const NAME = /^[a-z_]{1,60}$/;

export function deliveryCounters(): DeliveryCounters {
  const counts = new Map<string, Map<Outcome, number>>();
  return {
    count(event, outcome) {
      const isKnown = counts.has(event) || (NAME.test(event) && counts.size < MAX_EVENTS);
      const name = isKnown ? event : "other";
      const outcomes = counts.get(name) ?? new Map<Outcome, number>();
      counts.set(name, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1));
    },
    all: () =>
      [...counts].flatMap(([event, outcomes]) => [...outcomes].map(([outcome, count]) => ({ event, outcome, count }))),
  };
}
