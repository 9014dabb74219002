/** Which services of the file run in a shadow: those of active profiles, without those that `x-shadow` leaves out. */
import { childOf, type Entry, entriesOf, itemsOf, textAt } from "./node.ts";
import { composeBoolean, composeInteger } from "./quantities.ts";
import { drop, type Reading, refuse } from "./reading.ts";
import { type ServiceView, spotOf, textOf } from "./view.ts";

/** Services of one stack. */
const MAX_SERVICES = 50;

export interface Selected {
  readonly running: readonly ServiceView[];
  /** Why each of the others is left out, as a sentence. */
  readonly left: ReadonlyMap<string, string>;
}

export function selectServices(reading: Reading, all: readonly ServiceView[], profiles: ReadonlySet<string>): Selected {
  const left = new Map<string, string>();
  const running = all.filter((view) => {
    const why = reasonToLeave(view, profiles);
    if (why === null) return true;
    left.set(view.name, why.message);
    drop(reading, spotOf(view, ...why.path), { code: why.code, message: `The service is left out: ${why.message}` });
    return false;
  });
  const [first] = running.slice(MAX_SERVICES);
  if (first !== undefined)
    refuse(reading, spotOf(first), {
      code: "too-many-services",
      message: `A stack has up to ${MAX_SERVICES} services. Leave some out with profiles, or with x-shadow: {skip: true}.`,
    });
  return { running: running.slice(0, MAX_SERVICES), left };
}

interface Leaving {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

function reasonToLeave(view: ServiceView, active: ReadonlySet<string>): Leaving | null {
  const profiles = itemsOf(childOf(view.entry.node, "profiles")).map((item) => textAt(item) ?? "");
  if (profiles.length > 0 && !active.has("*") && !profiles.some((profile) => active.has(profile)))
    return { code: "profile", message: `no profile of it is active (${profiles.join(", ")}).`, path: ["profiles"] };
  if (composeBoolean(textOf(view, "x-shadow", "skip") ?? "false") === true)
    return { code: "skipped", message: "x-shadow says so.", path: ["x-shadow", "skip"] };
  const path = textOf(view, "scale") === undefined ? ["deploy", "replicas"] : ["scale"];
  const count = textOf(view, ...path);
  if (count !== undefined && composeInteger(count) === 0) return { code: "no-replicas", message: "it has none.", path };
  return null;
}

/** The file's services in order. */
export function serviceEntries(file: ServiceView["file"]): readonly Entry[] {
  return entriesOf(childOf(file, "services"));
}
