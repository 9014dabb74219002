/**
 * Chaos mode: which faults there are, what a phase amounts to, when a service has recovered and what it did wrong. Pure; who makes the faults
 * and sends the requests is elsewhere.
 */
import { measured } from "./figures.ts";
import type { Sample } from "./sample.ts";

/** What goes wrong. All of it off is null or 0. */
export interface Faults {
  readonly d1LatencyMs: number;
  readonly failRate: number;
  readonly cutRate: number;
  readonly delayMs: number;
  readonly bytesPerS: number | null;
  /** Seconds at the start of the fault phase in which nobody listens. */
  readonly downS: number;
}

export const NO_FAULTS: Faults = { d1LatencyMs: 0, failRate: 0, cutRate: 0, delayMs: 0, bytesPerS: null, downS: 0 };

interface Kind {
  readonly form: RegExp;
  readonly example: string;
  readonly most: number;
  readonly set: (value: number) => Partial<Faults>;
}

const MAX_MS = 10_000;

/** In the order of the help. Units are part of the value, so that nobody takes seconds for milliseconds. */
export const FAULT_KINDS: Readonly<Record<string, Kind>> = {
  "d1-latency": { form: /^([\d.]+)ms$/, example: "50ms", most: MAX_MS, set: (value) => ({ d1LatencyMs: value }) },
  fail: { form: /^([\d.]+)$/, example: "0.05", most: 1, set: (value) => ({ failRate: value }) },
  cut: { form: /^([\d.]+)$/, example: "0.05", most: 1, set: (value) => ({ cutRate: value }) },
  delay: { form: /^([\d.]+)ms$/, example: "20ms", most: MAX_MS, set: (value) => ({ delayMs: value }) },
  slow: { form: /^([\d.]+)kb$/, example: "64kb", most: 1_000_000, set: (value) => ({ bytesPerS: value * 1_024 }) },
  down: { form: /^([\d.]+)s$/, example: "1s", most: 600, set: (value) => ({ downS: value }) },
};

/** `d1-latency=50ms,cut=0.05`, or the sentence that says what is wrong with it. */
export function parseChaos(text: string): Faults | string {
  const chosen = new Map<string, Partial<Faults>>();
  for (const part of text.split(",")) {
    const [name = "", value = ""] = part.trim().split("=");
    const kind = Object.hasOwn(FAULT_KINDS, name) ? FAULT_KINDS[name] : undefined;
    if (kind === undefined) return `There is no fault "${name}": ${Object.keys(FAULT_KINDS).join(", ")}.`;
    const number = Number(kind.form.exec(value)?.[1] ?? Number.NaN);
    if (!(number > 0 && number <= kind.most))
      return `${name} takes a value such as ${name}=${kind.example}, more than 0 and at most ${kind.most}.`;
    if (chosen.has(name)) return `${name} is given twice.`;
    chosen.set(name, kind.set(number));
  }
  return [...chosen.values()].reduce<Faults>((all, one) => Object.assign({}, all, one), NO_FAULTS);
}

/** Whether the report Worker itself has to play a part. */
export function needsWorker({ d1LatencyMs, failRate }: Faults): boolean {
  return d1LatencyMs > 0 || failRate > 0;
}

export const PHASES = ["baseline", "faults", "recovery"] as const;
export type Phase = (typeof PHASES)[number];

/** One endpoint in one phase. Times in milliseconds, of whole answers with the wanted status. */
export interface PhaseFigures {
  readonly phase: Phase;
  readonly endpoint: string;
  readonly requests: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failures: number;
  readonly failure_reasons: Readonly<Record<string, number>>;
  /** Answers of another status, and how many of them were problem documents (RFC 9457). */
  readonly refused: number;
  readonly explained: number;
  /** Answers that say they are right and are not. */
  readonly wrong: number;
  /** No whole answer in time. */
  readonly hung: number;
}

export function phaseFigures(phase: Phase, endpoint: string, samples: readonly Sample[]): PhaseFigures {
  const { figures } = measured(
    "",
    samples.filter(({ failed }) => failed !== "timeout"),
  );
  const all = measured("", samples).figures;
  const count = (fits: (sample: Sample) => boolean): number => samples.filter(fits).length;
  return {
    phase,
    endpoint,
    requests: samples.length,
    p50: figures.p50,
    p95: figures.p95,
    p99: figures.p99,
    failures: all.failures,
    failure_reasons: all.failure_reasons ?? {},
    refused: count(({ failed }) => failed?.startsWith("status-") === true),
    explained: count(({ explained }) => explained === true),
    wrong: count(isWrong),
    hung: count(({ failed }) => failed === "timeout"),
  };
}

function isWrong({ failed }: Sample): boolean {
  return failed === "schema" || failed === "not-json" || failed === "different";
}

/** Good answers in a row, of each endpoint, that make a recovery. */
export const RECOVERY_STREAK = 5;

/** A good answer takes at most so long: what it took before the faults, with room for a machine that is busy. In milliseconds. */
export function recoveryLimit({ p95 }: Pick<PhaseFigures, "p95">): number {
  return Math.max(3 * p95, p95 + 50);
}

/** Where the first streak of good answers begins, as an index; null: there is none yet. */
export function recoveredAt(samples: readonly Sample[], limitMs: number): number | null {
  let good = 0;
  for (const [index, { ms, failed }] of samples.entries()) {
    good = failed === null && ms <= limitMs ? good + 1 : 0;
    if (good === RECOVERY_STREAK) return index + 1 - RECOVERY_STREAK;
  }
  return null;
}

export interface Recovery {
  readonly endpoint: string;
  /** From the end of the faults to the first of its good answers; null: not within the time it had. */
  readonly ms: number | null;
}

/** Sentences, empty where the service held: what it must not do whatever happens to it. */
export function chaosFaults(
  figures: readonly PhaseFigures[],
  recoveries: readonly Recovery[],
  withinS: number,
): readonly string[] {
  const told = figures.flatMap(({ phase, endpoint, wrong, hung }) => [
    ...(wrong > 0 ? [`${endpoint}: ${wrong} wrong answers (${phase}) where it should have refused`] : []),
    ...(hung > 0 ? [`${endpoint}: ${hung} requests were left hanging (${phase})`] : []),
  ]);
  const late = recoveries.filter(({ ms }) => ms === null);
  return [...told, ...late.map(({ endpoint }) => `${endpoint}: did not recover within ${withinS} s`)];
}
