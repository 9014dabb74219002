/** A target as an isolate gets it with its table, for tests of what the tee decides by itself. */
import { DEFAULT_MIRROR_SETTINGS, type MirrorSettings, type RoutedTarget } from "../../../../core/wire/target.ts";
import { target } from "../target.ts";

export function routed(changes: Partial<RoutedTarget> = {}, settings: Partial<MirrorSettings> = {}): RoutedTarget {
  const allowed = { probability: 1, allowance: null, breaker: "closed", equalRowShare: 1 } as const;
  return {
    ...target("http://shadow.test"),
    ...allowed,
    ...changes,
    settings: { ...DEFAULT_MIRROR_SETTINGS, ...settings },
  };
}
