/**
 * Objects as the API server gives them, as far as the driver reads them. Every field may be missing: controllers fill them in late,
 * and versions differ. Only here is an answer's JSON given a type.
 */

export interface Live {
  readonly kind?: string;
  readonly metadata: LiveMetadata;
}

interface LiveMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly controller?: boolean }[];
}

export interface LiveCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface LiveDeployment extends Live {
  readonly spec?: { readonly replicas?: number } & LiveTemplate;
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly LiveCondition[];
  };
}

interface LiveTemplate {
  readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } };
}

export interface LiveJob extends Live {
  readonly spec?: LiveTemplate;
  readonly status?: {
    readonly active?: number;
    readonly succeeded?: number;
    readonly failed?: number;
    readonly conditions?: readonly LiveCondition[];
  };
}

export interface LiveService extends Live {
  readonly spec?: {
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly port: number; readonly nodePort?: number }[];
  };
}

export interface LivePod extends Live {
  readonly spec?: {
    readonly containers?: readonly {
      readonly name: string;
      readonly image?: string;
      readonly startupProbe?: unknown;
    }[];
    readonly volumes?: readonly { readonly name: string; readonly emptyDir?: unknown }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly startTime?: string;
    readonly conditions?: readonly LiveCondition[];
    readonly initContainerStatuses?: readonly LiveContainer[];
    readonly containerStatuses?: readonly LiveContainer[];
  };
}

export interface LiveContainer {
  readonly name: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: LiveContainerState;
  readonly lastState?: LiveContainerState;
}

export interface LiveContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: {
    readonly exitCode: number;
    readonly reason?: string;
    readonly message?: string;
    readonly finishedAt?: string;
  };
}

/** An answer before anybody has said which kind it is of: every field of every kind may be there. */
export type LiveAny = LiveDeployment & LiveJob & LiveService & LivePod;

/** One object. The API server's schema is what vouches for the type: it wrote the answer, over a verified connection. */
export function readObject(text: string): LiveAny {
  return JSON.parse(text) as LiveAny;
}

/** Items of a list and where the next page begins. */
export function readList(text: string): { readonly items: readonly LiveAny[]; readonly next: string | null } {
  // As above: the shape of a list is the API server's promise.
  const list = JSON.parse(text) as { items?: readonly LiveAny[] | null; metadata?: { continue?: string } };
  return { items: list.items ?? [], next: list.metadata?.continue || null };
}
