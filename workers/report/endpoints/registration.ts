/** A deployment's registration out of what the provisioner sent: names in their one spelling, or what is wrong with them. */
import type { DeploymentPut } from "../../../core/wire/api/deployments.ts";
import { DEFAULT_MIRROR_SETTINGS } from "../../../core/wire/target.ts";
import { type Refused, refuse } from "../http/reply.ts";
import type { Registration } from "../store/deployments.ts";

/** The share of requests that is mirrored when neither the deployment nor a readable setting says. */
const FALLBACK_RATE = 0.01;

type Read = { readonly ok: true; readonly value: Registration } | Refused;

/** `settingRate` is the operator's default as text. */
export function readRegistration(id: string, body: DeploymentPut, settingRate: string | undefined): Read {
  const hosts = body.hosts.map(hostOf);
  const wrong = body.hosts.filter((_, i) => hosts[i] === null);
  if (wrong.length > 0)
    return refuse("invalid-request", `hosts: ${wrong.join(", ")}: a host name without scheme, port or path.`);
  const shadowOrigin = originOf(body.shadowOrigin);
  if (shadowOrigin === null)
    return refuse("invalid-request", "shadowOrigin: scheme, host and port only, such as http://localhost:3001.");
  return {
    ok: true,
    value: {
      id,
      repoId: body.repository.id,
      repoFullName: body.repository.fullName,
      prNumber: body.pull.number,
      prTitle: body.pull.title,
      prUrl: body.pull.url,
      branch: body.pull.branch,
      headSha: body.headSha,
      hosts: [...new Set(hosts.filter((host) => host !== null))],
      shadowOrigin,
      rate: body.rate ?? defaultRate(settingRate),
      methods: body.methods.map((method) => method.toUpperCase()),
      controlShare: body.controlShare,
      credentials: lowerCaseNames(body.credentials),
      mirrorSettings: DEFAULT_MIRROR_SETTINGS,
    },
  };
}

/** The name the tee knows a host's registry by: that of a URL, lower case, without port. */
function hostOf(text: string): string | null {
  const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
  return url !== null && url.hostname === text.toLowerCase() ? url.hostname : null;
}

function originOf(text: string): string | null {
  const { origin, href } = new URL(text);
  return href === `${origin}/` ? origin : null;
}

function defaultRate(text: string | undefined): number {
  const rate = Number.parseFloat(text ?? "");
  return rate >= 0 && rate <= 1 ? rate : FALLBACK_RATE;
}

function lowerCaseNames(credentials: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name.toLowerCase(), value]));
}
