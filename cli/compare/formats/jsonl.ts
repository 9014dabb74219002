/** One JSON line per pair, in the order of the input. */
import { judgementOf } from "../../../core/verdict/judgement.ts";
import type { Format } from "../report.ts";

export function jsonl(): Format {
  return { pair: ({ judged }, write) => write(`${JSON.stringify(judgementOf(judged))}\n`) };
}
