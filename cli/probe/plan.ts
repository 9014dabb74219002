/** What a run does: the choices of flags, environment, files and preset made into one plan. Only this form is known to those who carry it out. */
import type { Budgets } from "../../core/probe/budgets.ts";
import type { ProbeOrigin } from "../../core/wire/api/probes.ts";
import type { Asked } from "./request.ts";

export interface PlannedEndpoint extends Asked {
  readonly budgets: Budgets;
  /** Where each budget is from that is not the default: `--p95-threshold`. */
  readonly budgetsFrom: Readonly<Partial<Record<keyof Budgets, string>>>;
}

export interface Plan {
  readonly baseUrl: URL;
  readonly compare: { readonly url: URL; readonly ratioLimit: number; readonly absoluteToo: boolean } | null;
  readonly endpoints: readonly PlannedEndpoint[];
  readonly iterations: number;
  readonly warmUp: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly healthPath: string;
  readonly origin: ProbeOrigin;
}

/** As people write it: without the slash at the end that the platform adds. */
export function addressOf(url: URL): string {
  return url.href.replace(/\/$/, "");
}
