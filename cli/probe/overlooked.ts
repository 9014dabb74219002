/** A `probe.json` that lies where `init ci` writes it and that nobody named: what is asked instead would be another service's. Only says so. */
import type { ProbeOptions } from "./options.ts";

/** Where `shadow-infra init ci` writes it, and where the action looks for it. */
const USUAL_PLACE = ".shadow-infra/probe.json";

/** In words; null where nothing was overlooked. */
export function overlooked(
  { config, preset }: Pick<ProbeOptions, "config" | "preset">,
  isThere: (path: string) => boolean,
): string | null {
  if (config !== undefined || preset !== undefined || !isThere(USUAL_PLACE)) return null;
  return `${USUAL_PLACE} is here and is not read: --config ${USUAL_PLACE} asks its endpoints, --preset says that others are meant.`;
}
