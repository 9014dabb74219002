/**
 * Names of a stack's objects from the names of its compose services. Kubernetes takes DNS labels only, compose nearly anything; a name
 * that is one already stays as it is, because services find each other by it.
 */
import { hashText } from "../../compare/hash.ts";

/** RFC 1035, 2.3.4: of a label; also of a label's value in Kubernetes. */
export const LABEL_CHARS = 63;
const HASH_CHARS = 8;
const RADIX = 36;

/** Names of Services are DNS-1035 labels: no digit in front. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const DNS_1035 = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Beginnings that are ours: our own objects, and with `base` the other stack of the pull request where all share a namespace. */
const OURS = /^(?:shadow|base)(?:-|$)/;

export interface StackNames {
  /** `shadow-pr12-k3f9-` where all stacks share a namespace, otherwise empty. Begins every name. */
  readonly prefix: string;
  /** Object name by compose service. */
  readonly services: ReadonlyMap<string, string>;
}

export function isServiceName(text: string): boolean {
  return DNS_1035.test(text);
}

/** Eight characters that stand for a text; lower case and digits. */
export function shortHash(text: string): string {
  return hashText(text).toString(RADIX).padStart(HASH_CHARS, "0").slice(-HASH_CHARS);
}

/** A name for each service, none twice, none ours, none longer than a label, the same for the same list. */
export function namesOf(services: readonly string[], sharedStack: string | null): StackNames {
  const prefix = sharedStack === null ? "" : `${sharedStack}-`;
  const chars = LABEL_CHARS - prefix.length;
  const names = new Map<string, string>();
  const taken = new Set<string>();
  // Those that stay as they are come first, so that none of the others takes their name.
  for (const stays of [true, false]) {
    for (const service of services) {
      const folded = foldedName(service, sharedStack !== null);
      if (names.has(service) || (folded === service && folded.length <= chars) !== stays) continue;
      const name = freeName({ folded, service, chars }, taken);
      taken.add(name);
      names.set(service, `${prefix}${name}`);
    }
  }
  return { prefix, services: names };
}

/** Name of an object of our own: `shadow-gateway`, or `shadow-pr12-k3f9-shadow-gateway`. */
export function ownName({ prefix }: StackNames, part: string): string {
  return `${prefix}shadow-${part}`;
}

/** Cut to that many characters; what is cut ends in a hash of the whole. */
export function fittedName(name: string, chars: number): string {
  return name.length <= chars ? name : hashed({ folded: name, service: name, chars });
}

function foldedName(service: string, shared: boolean): string {
  const folded = service
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const name = /^[a-z]/.test(folded) ? folded : `s-${folded}`.replace(/-$/, "");
  if (isServiceName(service) && !(shared ? OURS : /^shadow(?:-|$)/).test(service)) return service;
  return OURS.test(name) ? `s-${name}` : name;
}

interface Wish {
  readonly folded: string;
  readonly service: string;
  readonly chars: number;
}

function freeName(wish: Wish, taken: ReadonlySet<string>): string {
  if (wish.folded.length <= wish.chars && !taken.has(wish.folded)) return wish.folded;
  // Two names of one hash do not happen by chance, but somebody may make them.
  for (let salt = 0; ; salt += 1) {
    const name = hashed({ ...wish, service: salt === 0 ? wish.service : `${wish.service}/${salt}` });
    if (!taken.has(name)) return name;
  }
}

function hashed({ folded, service, chars }: Wish): string {
  return `${folded.slice(0, chars - HASH_CHARS - 1).replace(/-+$/, "")}-${shortHash(service)}`;
}
