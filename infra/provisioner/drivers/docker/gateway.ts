/** What is seen of a stack's gateway: whether it is there, on which port of this machine, whose stamp it answers with and whether it reaches the app. */
import { stampOf } from "../../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { EngineContainer } from "./engine-forms.ts";
import { CONTENT, SERVICE } from "./labels.ts";
import type { LabelledProject } from "./project.ts";

/** As patient as the tee. */
const ANSWER_LIMIT_MS = 5_000;

export function hasGateway(containers: readonly EngineContainer[], { gateway, content }: LabelledProject): boolean {
  return containers.some(({ Config: { Labels } }) => Labels?.[SERVICE] === gateway && Labels[CONTENT] === content);
}

/** The gateway's port on this machine; null while it has none. */
export function originOf(containers: readonly EngineContainer[], { gateway, content }: LabelledProject): string | null {
  const container = containers.find(
    ({ Config: { Labels } }) => Labels?.[SERVICE] === gateway && Labels[CONTENT] === content,
  );
  const [port] = Object.values(container?.NetworkSettings.Ports ?? {}).flatMap((ports) => ports ?? []);
  return port === undefined ? null : `http://127.0.0.1:${port.HostPort}`;
}

export interface GatewayAnswer {
  /** Whose gateway it is; null: it does not answer, or not as a gateway. */
  readonly stamp: string | null;
  /** Whether anything listens behind it. */
  readonly reaches: boolean;
}

/** The gateway's words for a connection that did not come about; with all others somebody was there. */
const NOBODY_LISTENS = new Set(["refused", "dns"]);

/** This stack's gateway, and an app behind it that listens. */
export function answers({ stamp, reaches }: GatewayAnswer, { identity }: StackSpec): boolean {
  return stamp === stampOf(identity) && reaches;
}

export async function gatewayAt(origin: string): Promise<GatewayAnswer> {
  try {
    const { headers } = await fetch(origin, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    const failed = headers.get("x-shadow-infra-failed");
    return {
      stamp: headers.get("x-shadow-infra-deployment"),
      reaches: failed === null || !NOBODY_LISTENS.has(failed),
    };
  } catch {
    return { stamp: null, reaches: false };
  }
}
