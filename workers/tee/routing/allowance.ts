/** What is left of a target's allowance: the requests this isolate may mirror until the next table comes. */
import type { RoutedTarget } from "../../../core/wire/target.ts";

/** Requests mirrored under a table. A table brings new objects, so what is left over expires with it. */
const taken = new WeakMap<RoutedTarget, number>();

export function hasAllowance(target: RoutedTarget): boolean {
  return target.allowance === null || (taken.get(target) ?? 0) < Math.floor(target.allowance);
}

export function takeAllowance(target: RoutedTarget): void {
  if (target.allowance !== null) taken.set(target, (taken.get(target) ?? 0) + 1);
}
