/**
 * Who is worked on when: one turn at a time for each key, a few keys at once. Wake-ups during a turn end it early and become one
 * further turn. What a turn does is not known here.
 */
import type { Clock } from "./clock.ts";

export interface Turn {
  readonly key: string;
  /** Somebody said that something may have changed; otherwise the turn before asked to come again. */
  readonly woken: boolean;
  /** A wake-up came during this turn: what it has read may be old. */
  readonly signal: AbortSignal;
}

export interface Queue {
  /** `urgent` keys go first, and end the turn in hand. */
  readonly wake: (key: string, urgent: boolean) => void;
  /** Resolves when the turns in hand have ended; no other begins. */
  readonly stop: () => Promise<void>;
}

interface QueueParts {
  readonly clock: Clock;
  readonly atOnce: number;
  /** When to come again, in milliseconds; null: when woken. Never rejects. */
  readonly work: (turn: Turn) => Promise<number | null>;
}

interface Entry {
  woken: boolean;
  urgent: boolean;
  running: { readonly end: AbortController; readonly done: Promise<void> } | null;
  timer: AbortController | null;
  /** Turns in a row that a wake-up ended. */
  cutShort: number;
}

/** Why a sleep or a turn ends. Words that are there already: making an exception for each costs more than the rest of a turn. */
const OVER = "over";
const WOKEN = "something newer is known";

/** Wake-ups that come faster than turns can be finished must not keep a key from ever being finished. */
const MAX_CUT_SHORT = 3;

export function createQueue({ clock, atOnce, work }: QueueParts): Queue {
  const entries = new Map<string, Entry>();
  const waiting = createLine();
  const state = { active: 0, stopped: false };

  function enqueue(key: string, entry: Entry): void {
    entry.timer?.abort(OVER);
    entry.timer = null;
    waiting.add(key, entry.urgent);
    pump();
  }

  function pump(): void {
    while (!state.stopped && state.active < atOnce) {
      const key = waiting.next();
      if (key === undefined) return;
      const entry = entries.get(key);
      if (entry !== undefined) begin(key, entry);
    }
  }

  function begin(key: string, entry: Entry): void {
    state.active += 1;
    const end = new AbortController();
    const turn = { key, woken: entry.woken, signal: end.signal };
    entry.woken = false;
    entry.urgent = false;
    entry.running = { end, done: work(turn).then((again) => finish(key, entry, again)) };
  }

  function finish(key: string, entry: Entry, again: number | null): void {
    state.active -= 1;
    entry.cutShort = entry.running?.end.signal.aborted === true ? entry.cutShort + 1 : 0;
    entry.running = null;
    if (entry.woken) enqueue(key, entry);
    else if (again === null) entries.delete(key);
    else void comeAgain(key, entry, again);
    pump();
  }

  async function comeAgain(key: string, entry: Entry, ms: number): Promise<void> {
    if (state.stopped) return;
    const timer = new AbortController();
    entry.timer = timer;
    await clock.sleep(ms, timer.signal);
    if (entry.timer === timer && !timer.signal.aborted && !state.stopped) enqueue(key, entry);
  }

  return {
    wake: (key, urgent) => {
      if (state.stopped) return;
      const entry = entries.get(key) ?? newEntry();
      entries.set(key, entry);
      entry.woken = true;
      entry.urgent ||= urgent;
      if (entry.running === null) enqueue(key, entry);
      else if (urgent && entry.cutShort < MAX_CUT_SHORT) entry.running.end.abort(WOKEN);
    },
    stop: async () => {
      state.stopped = true;
      for (const { timer } of entries.values()) timer?.abort(OVER);
      await Promise.all(Array.from(entries.values(), ({ running }) => running?.done ?? Promise.resolve()));
    },
  };
}

function newEntry(): Entry {
  return { woken: false, urgent: false, running: null, timer: null, cutShort: 0 };
}

/** Keys in the order in which they came, each once, the urgent ones first. */
function createLine() {
  const urgent = new Set<string>();
  const others = new Set<string>();
  return {
    add: (key: string, isUrgent: boolean): void => {
      if (isUrgent) others.delete(key);
      if (isUrgent) urgent.add(key);
      else if (!urgent.has(key)) others.add(key);
    },
    next: (): string | undefined => {
      const from = urgent.size > 0 ? urgent : others;
      const [key] = from;
      if (key !== undefined) from.delete(key);
      return key;
    },
  };
}
