/** A deployment's registration out of what the provisioner sent: names in their one spelling, or what is wrong with them. */
import type { OriginRules } from "../../../core/shadow/origin.ts";
import type { DeploymentPut } from "../../../core/wire/api/deployments.ts";
import type { MirrorSettings, StickyKey } from "../../../core/wire/target.ts";
import { type Refused, refuse } from "../http/reply.ts";
import type { Registration } from "../store/deployments.ts";
import { faultsOfPatterns } from "./redact-patterns.ts";
import { type AddressSettings, readAddress, rulesOf } from "./shadow-address.ts";

/** The share of requests that is mirrored when neither the deployment nor a readable setting says. */
const FALLBACK_RATE = 0.01;

export type RegistrationSettings = AddressSettings & Partial<Pick<ReportEnv, "SHADOW_INFRA_SAMPLE_RATE">>;

type Read<T> = { readonly ok: true; readonly value: T } | Refused;

/** `settings` are the operator's: the default rate, and where shadows may live. */
export function readRegistration(id: string, body: DeploymentPut, settings: RegistrationSettings): Read<Registration> {
  const hosts = body.hosts.map(hostOf);
  const wrong = body.hosts.filter((_, i) => hosts[i] === null);
  if (wrong.length > 0)
    return refuse("invalid-request", `hosts: ${wrong.join(", ")}: a host name without scheme, port or path.`);
  const known = hosts.filter((host) => host !== null);
  const rules = rulesOf(settings);
  const shadowOrigin = originOf(body, { rules, hosts: known });
  if (!shadowOrigin.ok) return shadowOrigin;
  const mirrorSettings = settingsOf(body, { rules, hosts: known });
  if (!mirrorSettings.ok) return mirrorSettings;
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
      hosts: [...new Set(known)],
      shadowOrigin: shadowOrigin.value,
      rate: body.rate ?? defaultRate(settings.SHADOW_INFRA_SAMPLE_RATE),
      methods: body.methods.map((method) => method.toUpperCase()),
      controlShare: body.controlShare,
      credentials: lowerCaseNames(body.credentials),
      mirrorSettings: mirrorSettings.value,
      stack: body.stack,
      compareSettings: { ...body.compare, aliases: {} },
    },
  };
}

/** Empty where it has no address yet. */
function originOf({ shadowOrigin }: DeploymentPut, where: Where): Read<string> {
  return shadowOrigin === null ? { ok: true, value: "" } : addressOf("shadowOrigin", shadowOrigin, where);
}

interface Where {
  readonly rules: OriginRules;
  /** The deployment's production hosts. */
  readonly hosts: readonly string[];
}

/** A production host as a shadow would get its own traffic mirrored to it. In local mode all are this machine. */
function addressOf(key: string, text: string, { rules, hosts }: Where): Read<string> {
  const read = readAddress(text, rules);
  if (!read.ok) return refuse("invalid-request", `${key}: ${read.words}`);
  if (!rules.local && hosts.includes(new URL(read.value).hostname))
    return refuse("invalid-request", `${key}: it is one of the hosts whose traffic is mirrored.`);
  return read;
}

function settingsOf(body: DeploymentPut, where: Where): Read<MirrorSettings> {
  const { maxRps, sticky, mirror, routes, redact, stamped } = body;
  const faults = faultsOfPatterns(redact.patterns);
  if (faults.length > 0) return refuse("invalid-request", faults.join("; "));
  const base = baseOf(body, where);
  if (!base.ok) return base;
  const key = sticky === null ? null : stickyOf(sticky);
  return { ok: true, value: { maxRps, sticky: key, ...mirror, routes, redact, stamped, base: base.value } };
}

function baseOf({ base }: DeploymentPut, where: Where): Read<MirrorSettings["base"]> {
  if (base === null) return { ok: true, value: null };
  const origin = addressOf("base.origin", base.origin, where);
  return origin.ok ? { ok: true, value: { ...base, origin: origin.value } } : origin;
}

/** `cookie:session`, `header:X-Client`; the schema has checked the form. Cookies' names are as they are. */
function stickyOf(text: string): StickyKey {
  const name = text.slice(text.indexOf(":") + 1);
  return text.startsWith("cookie:") ? { in: "cookie", name } : { in: "header", name: name.toLowerCase() };
}

/** The name the tee knows a host's registry by: that of a URL, lower case, without port. */
export function hostOf(text: string): string | null {
  const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
  return url !== null && url.hostname === text.toLowerCase() ? url.hostname : null;
}

function defaultRate(text: string | undefined): number {
  const rate = Number.parseFloat(text ?? "");
  return rate >= 0 && rate <= 1 ? rate : FALLBACK_RATE;
}

function lowerCaseNames(credentials: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name.toLowerCase(), value]));
}
