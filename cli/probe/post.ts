/** Sends results to the report Worker, for trends and alerts. Never decides anything: what goes wrong is told in a sentence. */
import type { ProbeResults } from "../../core/wire/api/probes.ts";
import { causeOf } from "../error-text.ts";

const TIMEOUT_MS = 15_000;
/** Of what the Worker says against it. */
const MAX_DETAIL_CHARS = 300;

/** Null when they were taken, else why not. The token never appears in it. */
export async function postResults(api: URL, token: string | undefined, results: ProbeResults): Promise<string | null> {
  const url = new URL(`${api.href.replace(/\/$/, "")}/api/probes`);
  const authorization = token === undefined || token === "" ? {} : { authorization: `Bearer ${token}` };
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify(results),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.ok) return null;
    return `${url.href} answered ${answer.status}${await detailOf(answer)}.${adviceFor(answer.status, token)}`;
  } catch (error) {
    return `${url.href} cannot be reached: ${causeOf(error)}.`;
  }
}

async function detailOf(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const detail = typeof body === "object" && body !== null && "detail" in body ? body.detail : null;
  return typeof detail === "string" ? `: ${detail.slice(0, MAX_DETAIL_CHARS).replace(/\.$/, "")}` : "";
}

function adviceFor(status: number, token: string | undefined): string {
  if (status !== 401 && status !== 403) return "";
  return token ? " SHADOW_INFRA_SERVICE_TOKEN is not its service token." : " Set SHADOW_INFRA_SERVICE_TOKEN.";
}
