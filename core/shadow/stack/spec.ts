/** Everything a driver needs to know to run a stack. Made by the provisioner; drivers translate it and decide nothing else. */
import type { ComposeProject } from "../compose/project.ts";
import type { StackIdentity } from "./identity.ts";

export interface StackSpec {
  readonly identity: StackIdentity;
  readonly repository: string;
  readonly project: ComposeProject;
  /** Image by service: templates filled in, allow-list checked. Every service of the project has one. */
  readonly images: Readonly<Record<string, string>>;
  /** The service and container port that answer. */
  readonly entry: { readonly service: string; readonly port: number };
  /** `stack.env` with secrets filled in: for the services built from source and the one that answers. Values are secret. */
  readonly env: Readonly<Record<string, string>>;
  /** Services that get `env`. */
  readonly envServices: readonly string[];
  /** Addresses outside that the stack may reach, `host:port`. */
  readonly egress: readonly string[];
  /** A command run once in the answering service's image before the stack counts as ready, by `/bin/sh -c`. */
  readonly seed: string | null;
  /** Unix milliseconds at which the stack may be removed by anyone who finds it. */
  readonly expiresAt: number;
  /** Changes when the stack has to be made anew although nothing else changed: the last retry command's id. */
  readonly attempt: string;
  readonly limits: StackLimits;
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
