/**
 * What of a pull request's own wish may hold beside the base branch's word: the part that admits no more and judges no less.
 * One function per kind of value. Each returns what counts, and whether the wish was granted as a whole.
 */
import { segmentsOf } from "../pair/glob.ts";
import { durationMs } from "./duration.ts";

export interface Tightened<T> {
  readonly value: T;
  /** False: some of the head's wish does not count. */
  readonly granted: boolean;
}

export type Tighten<T> = (base: T, head: T) => Tightened<T>;

/** The smaller number. A limit that the base leaves out may be set. */
export function lower<T extends number | undefined>(base: T, head: T): Tightened<T> {
  const takesHead = head !== undefined && (base === undefined || head <= base);
  return { value: takesHead ? head : base, granted: takesHead };
}

/** `auto` is a promise about evidence; a share below it is less traffic, the other way round nobody knows. */
export function lowerRate(base: number | "auto", head: number | "auto"): Tightened<number | "auto"> {
  if (head === "auto") return { value: base, granted: base === "auto" };
  const takesHead = base === "auto" || head <= base;
  return { value: takesHead ? head : base, granted: takesHead };
}

/** Durations such as `7d`, in the spelling of the shorter one. */
export function shorter(base: string, head: string): Tightened<string> {
  const takesHead = (durationMs(head) ?? Infinity) <= (durationMs(base) ?? 0);
  return { value: takesHead ? head : base, granted: takesHead };
}

/** What both list. Nothing in common would be no list at all, so the base's stays. */
export function inBoth(base: readonly string[], head: readonly string[]): Tightened<string[]> {
  const kept = base.filter((item) => head.includes(item));
  return { value: kept.length > 0 ? kept : [...base], granted: kept.length > 0 && head.every((i) => base.includes(i)) };
}

/** What either lists, the base's first, as many as there may be. */
export function inEither(most: number): Tighten<string[]> {
  return (base, head) => {
    const all = [...new Set([...base, ...head])];
    const value = all.slice(0, Math.max(most, base.length));
    return { value, granted: all.length === value.length && base.every((item) => head.includes(item)) };
  };
}

/** Switched on by either. */
export function either(base: boolean, head: boolean): Tightened<boolean> {
  return { value: base || head, granted: head || !base };
}

/** The later of both in an order from lenient to strict. */
export function stricter<T extends string>(order: readonly T[]): Tighten<T> {
  return (base, head) => {
    const takesHead = order.indexOf(head) >= order.indexOf(base);
    return { value: takesHead ? head : base, granted: takesHead };
  };
}

/** Path globs of which an empty list means every path: only those of the head that lie within one of the base's. */
export function narrower(base: readonly string[], head: readonly string[]): Tightened<string[]> {
  if (base.length === 0) return { value: [...head], granted: true };
  const narrow = head.filter((glob) => base.some((outer) => isWithin(glob, outer)));
  const wide = base.filter((glob) => !narrow.includes(glob) && head.some((outer) => isWithin(glob, outer)));
  const value = [...wide, ...narrow];
  if (value.length === 0 || value.length > MAX_GLOBS) return { value: [...base], granted: false };
  return { value, granted: narrow.length === head.length };
}

/** The same bound as the form's, so that what is put together here still is one. */
const MAX_GLOBS = 100;

/** Whether every path of one glob is surely one of the other's; false where that takes more than a look at each segment. */
export function isWithin(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  const [inside, outside] = [segmentsOf(inner), segmentsOf(outer)];
  for (const [at, segment] of outside.entries()) {
    if (segment === "**" && at === outside.length - 1) return true;
    const other = inside[at];
    if (other === undefined || other === "**") return false;
    if (segment !== other && segment !== "*") return false;
  }
  return inside.length === outside.length;
}
