/** What is seen of a stack's gateway: whether it is there, on which port of this machine, and whose stamp it answers with. */
import type { EngineContainer } from "./engine-forms.ts";
import { CONTENT, SERVICE } from "./labels.ts";
import type { LabelledProject } from "./project.ts";

const ANSWER_LIMIT_MS = 2_000;

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

/** Null: it does not answer, or not as a gateway. */
export async function stampAt(origin: string): Promise<string | null> {
  try {
    const answer = await fetch(origin, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    return answer.headers.get("x-shadow-infra-deployment");
  } catch {
    return null;
  }
}
