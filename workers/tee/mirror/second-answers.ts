/** Which second answers are asked for beside the shadows: base stacks always, the others by their shares and while there is room. */
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { MAX_FAN_OUT } from "./fan-out.ts";

/** Safe methods in the sense of RFC 9110, 9.2.1, that are worth asking twice. */
const ASKED_TWICE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

export interface SecondAnswers {
  /** Production is asked again; one answer serves all pairs of the request. */
  readonly control: boolean;
  /** Whose base stacks are asked a second time. */
  readonly baseAgain: ReadonlySet<RoutedTarget>;
}

/** `random` draws numbers from 0 to 1. */
export function secondAnswersFor(
  method: string,
  targets: readonly RoutedTarget[],
  random: () => number = Math.random,
): SecondAnswers {
  let room = MAX_FAN_OUT;
  for (const { settings } of targets) room -= settings.base === null ? 1 : 2;
  const baseAgain = new Set<RoutedTarget>();
  if (room <= 0 || !ASKED_TWICE.has(method)) return { control: false, baseAgain };
  for (const target of targets) {
    const share = target.settings.base?.againShare ?? 0;
    if (room <= 0 || share === 0 || random() >= share) continue;
    room -= 1;
    baseAgain.add(target);
  }
  return {
    control: room > 0 && targets.some(({ controlShare }) => controlShare > 0 && random() < controlShare),
    baseAgain,
  };
}
