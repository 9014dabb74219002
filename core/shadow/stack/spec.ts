/** Everything a driver needs to know to run a stack. Made by the provisioner; drivers translate it and decide nothing else. */
import type { ComposeProject } from "../compose/project.ts";
import type { StackIdentity } from "./identity.ts";

export interface StackSpec {
  readonly identity: StackIdentity;
  /** `owner/name`, for people who find the stack. */
  readonly repository: string;
  /** Unix milliseconds at which the stack may be removed by anyone who finds it. */
  readonly expiresAt: number;
  /** Changes when the stack has to be made anew although nothing else changed: the last retry command's id, or "". */
  readonly attempt: string;
  readonly limits: StackLimits;
  readonly workload: Workload;
}

export type Workload = ComposeWorkload | PreviewWorkload | ProcessWorkload;

/** For the drivers `kubernetes` and `docker`. */
export interface ComposeWorkload {
  readonly kind: "compose";
  readonly project: ComposeProject;
  /** Image by service: templates filled in, allow-list checked. Every service of the project has one. */
  readonly images: Readonly<Record<string, string>>;
  /** The service and container port that answer. */
  readonly entry: { readonly service: string; readonly port: number };
  /** `stack.env` with secrets filled in. Values are secret. */
  readonly env: Readonly<Record<string, string>>;
  /** Services that get `env`: those built from source and the one that answers. */
  readonly envServices: readonly string[];
  /** Addresses outside that the stack may reach, `host:port`. */
  readonly egress: readonly string[];
  /** A command run once in the answering service's image before the stack counts as ready, by `/bin/sh -c`. */
  readonly seed: string | null;
}

/** For the driver `url`: somebody else runs it. */
export interface PreviewWorkload {
  readonly kind: "preview";
  /** Checked against the operator's suffixes; null: GitHub knows no deployment of this commit yet. */
  readonly origin: string | null;
}

/** For the driver `process`: a command of the operator's, never of the repository's. */
export interface ProcessWorkload {
  readonly kind: "process";
  /** Program and arguments; the port to listen on comes in the variable PORT, the commit in SHADOW_INFRA_SHA. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The operator's limits of one stack. */
export interface StackLimits {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly services: number;
  /** Of all volumes and writable layers together. */
  readonly storageBytes: number;
  /** What a service gets that asks for nothing. */
  readonly defaultCpus: number;
  readonly defaultMemoryBytes: number;
  /** `baseline` lets images run as root and keep the default capabilities where they need them; the report says so. */
  readonly podSecurity: "restricted" | "baseline";
}
