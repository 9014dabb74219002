/** What a rule is: a permanent id, how bad it is, how far a model may move it, and when it fires. One rule per file beside this. */
import type { Answer, Observation, Pair } from "../../pair/pair.ts";
import type { Severity } from "../../verdict/severity.ts";
import type { Difference, DifferenceKind } from "../difference.ts";

export interface Rule {
  /** Permanent, kebab-case. Part of signatures: renaming one forgets what was decided about it. */
  readonly id: string;
  /** A few words for a heading. */
  readonly title: string;
  /** What it means to users and clients when it fires; one sentence for the documentation. */
  readonly why: string;
  /** What it looks like, in a few words of Markdown. */
  readonly example: string;
  readonly severity: Severity;
  readonly floor: Severity;
  readonly ceiling: Severity;
}

/** What a rule may look at beside the difference. */
export interface Scene {
  readonly pair: Pair;
  readonly reference: Answer;
  readonly shadow: Answer;
  /** There is a second answer of the reference's own code, so what it keeps is known to be stable. */
  readonly hasSecond: boolean;
  /** The reference's own code, asked twice, showed one of these kinds at this pattern. */
  readonly varies: (pattern: string, kinds: readonly DifferenceKind[]) => boolean;
}

/** Fires on one difference. The first rule of the catalogue that fires makes the finding. */
export interface DifferenceRule extends Rule {
  readonly fires: (difference: Difference, scene: Scene) => boolean;
  readonly explain: (difference: Difference) => string;
  /** What it says is true whatever second answers show: never noise. */
  readonly proven?: boolean;
}

/** What a rule on a whole pair may look at. */
export interface PairScene {
  readonly pair: Pair;
  readonly reference: Observation;
  readonly shadow: Observation;
  readonly credentials: "none" | "test-identity";
  /** Slow pairs of the route and all its pairs, this one included. */
  readonly slow: number;
  readonly pairs: number;
}

/** Fires on a pair as a whole: status, emptiness, latency, answers that never came. */
export interface PairRule extends Rule {
  /** `status`, `body`, `latency` or `answer`. Path and pattern of its finding. */
  readonly about: "status" | "body" | "latency" | "answer";
  /** Rules of one group exclude each other: the first that fires speaks. */
  readonly fires: (scene: PairScene) => boolean;
  readonly explain: (scene: PairScene) => string;
  /** Differences that are the same news: they become evidence of this rule's finding and no findings of their own. */
  readonly claims?: (difference: Difference) => boolean;
}

/** Severity, floor and ceiling of something a rule proved. */
export const PROVEN_CRITICAL = { severity: "Critical", floor: "Critical", ceiling: "Critical" } as const;

/** A change that a model may call harmless or worse. */
export const AMBIGUOUS = { severity: "Warning", floor: "Safe", ceiling: "Critical" } as const;

/** Worth a look, never a break. */
export const WORTH_A_LOOK = { severity: "Warning", floor: "Safe", ceiling: "Warning" } as const;

/** Critical unless a model shows why it is less. */
export const CRITICAL_UNLESS_EXPLAINED = { severity: "Critical", floor: "Warning", ceiling: "Critical" } as const;
