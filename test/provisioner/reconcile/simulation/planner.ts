/** Plans by the letters of a commit: what would be read from its files, without files. */
import type { PullFacts } from "../../../../core/shadow/pull/facts.ts";
import type { StackIdentity, StackRole } from "../../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { Planned, PlanQuestion } from "../../../../infra/provisioner/plan/plan.ts";

/** First letters of commits with a meaning of their own; `c` crashes (`driver.ts`). */
export const REFUSED = "f";
export const WAITS_FOR_IMAGE = "e";

/** First letters of base commits: a base that is shared, one of its own; without a base for any other. */
export const SHARED_BASE = "a";
export const OWN_BASE = "b";
/** Shared, and crashes (`driver.ts`). */
const BAD_BASE = "d";

export const PLAN_TTL_MS = 7 * 86_400_000;

export interface PlanWorld {
  readonly images: ReadonlySet<string>;
  readonly ttlMs: number;
}

export function planFor({ pull, since, attempt }: Omit<PlanQuestion, "now">, { images, ttlMs }: PlanWorld): Planned {
  const registration = {
    repository: { id: pull.repository.id, fullName: pull.repository.fullName },
    pull: { number: pull.number, title: pull.title, url: pull.url, branch: pull.head.ref },
    headSha: pull.head.sha,
    hosts: ["shop.example.com"],
  };
  const not = { ok: false, notes: [], registration, driver: "kubernetes" } as const;
  const { sha } = pull.head;
  if (sha.startsWith(REFUSED))
    return { ...not, kind: "refused", code: "compose-refused", words: "compose.yaml:3 privileged: remove it." };
  if (sha.startsWith(WAITS_FOR_IMAGE) && !images.has(sha))
    return { ...not, kind: "waiting", code: "image-missing", words: "the image web is not there yet" };
  const spec = specMaker(pull, { attempt, expiresAt: since + ttlMs });
  const plan = { driver: "kubernetes", registration, againShare: 0.1, refetchShare: 0.05, notes: [] } as const;
  return { ok: true, plan: { ...plan, shadow: spec("shadow", pull.number), base: baseOf(pull, spec) } };
}

type SpecOf = (role: StackRole, pr: number | null) => StackSpec;

function baseOf({ base, number }: PullFacts, spec: SpecOf): StackSpec | null {
  if (base.sha.startsWith(SHARED_BASE) || base.sha.startsWith(BAD_BASE)) return spec("base", null);
  return base.sha.startsWith(OWN_BASE) ? spec("base", number) : null;
}

const LIMITS = {
  cpus: 1,
  memoryBytes: 1,
  services: 1,
  storageBytes: 1,
  defaultCpus: 1,
  defaultMemoryBytes: 1,
  podSecurity: "restricted",
} as const;

function specMaker(pull: PullFacts, rest: { readonly attempt: string; readonly expiresAt: number }): SpecOf {
  return (role, pr) => {
    const identity: StackIdentity = {
      repoId: pull.repository.id,
      pr,
      role,
      sha: role === "shadow" ? pull.head.sha : pull.base.sha,
    };
    return {
      identity,
      repository: pull.repository.fullName,
      ...rest,
      // A shared base is nobody's to make anew by a retry.
      attempt: pr === null ? "" : rest.attempt,
      limits: LIMITS,
      workload: { kind: "preview", origin: null },
    };
  };
}
