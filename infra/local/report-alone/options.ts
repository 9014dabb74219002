/** Options that filling and serving a report's database share: read the same way, refused with the same words. */
import { join, resolve } from "node:path";
import { ROOT } from "../wrangler.ts";

/** The caller asked for something that there is not; the message says what to write instead. */
export class UsageError extends Error {}

/** Apart from the folder of `shadow-infra dev`, whose pairs are somebody's. */
const DEFAULT_STATE = join(ROOT, ".wrangler", "shadow-infra-report");

export function stateFolder(option: string | undefined): string {
  return option === undefined ? DEFAULT_STATE : resolve(option);
}

/** A whole number from 1 up to `most`. */
export function numberOption(name: string, text: string, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new UsageError(`${name} takes a whole number from 1 to ${most}, not ${text}.`);
}
