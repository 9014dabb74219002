/** What the status rules ask of two sides; null where a side gave no answer. */
import { answered } from "../../pair/pair.ts";
import type { PairScene } from "./rule.ts";

export interface Statuses {
  readonly reference: number;
  readonly shadow: number;
}

export function statusesOf(scene: PairScene): Statuses | null {
  if (!answered(scene.reference) || !answered(scene.shadow)) return null;
  return { reference: scene.reference.status, shadow: scene.shadow.status };
}

/** Whether the two statuses differ and satisfy the condition. */
export function statusesAre(scene: PairScene, condition: (statuses: Statuses) => boolean): boolean {
  const statuses = statusesOf(scene);
  return statuses !== null && statuses.reference !== statuses.shadow && condition(statuses);
}

/** "Production answered 200, the shadow 500." */
export function statusSentence(scene: PairScene): string {
  const statuses = statusesOf(scene);
  return `The reference answered ${statuses?.reference}, the shadow ${statuses?.shadow}.`;
}

/** 2 for 200 to 299. */
export function classOf(status: number): number {
  return Math.floor(status / 100);
}
