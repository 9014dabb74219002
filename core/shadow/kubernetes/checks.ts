/** What cannot be translated, each with its words. The first that fires refuses the stack. */
import { hostMentions } from "../stack/mentions.ts";
import { mountRefusal } from "../stack/mount-refusal.ts";
import { sharedVolumes } from "../stack/mounts.ts";
import { userOf } from "../stack/user.ts";
import type { Draft, ServiceDraft } from "./draft.ts";
import { impossibleNames } from "./services.ts";
import type { StackRefusal } from "./stack.ts";

export interface Refused {
  readonly ok: false;
  readonly reason: StackRefusal;
  readonly detail: string;
}

/** Before Kubernetes 1.30 a variable's name had to be of this form; 253 is the most a Secret's key may have. */
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]{0,252}$/;
type Check = (draft: Draft) => Refused | null;
type ServiceCheck = (part: ServiceDraft, draft: Draft) => Refused | null;

const CHECKS: readonly Check[] = [tooMany, noEntry, sharedVolume, unusableName];
const SERVICE_CHECKS: readonly ServiceCheck[] = [noImage, variables, user, mounts];

export function refusalOf(draft: Draft): Refused | null {
  for (const check of CHECKS) {
    const refused = check(draft);
    if (refused !== null) return refused;
  }
  for (const part of draft.services) {
    for (const check of SERVICE_CHECKS) {
      const refused = check(part, draft);
      if (refused !== null) return refused;
    }
  }
  return null;
}

function refuse(reason: StackRefusal, detail: string): Refused {
  return { ok: false, reason, detail };
}

function tooMany({ spec, services }: Draft): Refused | null {
  const most = spec.limits.services;
  return services.length <= most
    ? null
    : refuse(
        "too-many-services",
        `The file has ${services.length} services, and a stack may have ${most}. Leave some out with x-shadow or profiles.`,
      );
}

function noEntry({ workload, services }: Draft): Refused | null {
  const { service, port } = workload.entry;
  if (services.some((part) => part.service.name === service) && Number.isInteger(port) && port > 0 && port < 65_536)
    return null;
  return refuse("entry-unknown", `The stack has no service "${service}" that could answer at port ${port}.`);
}

function sharedVolume({ workload, cluster }: Draft): Refused | null {
  const [volume] = cluster.sharedStorageClass == null ? sharedVolumes(workload.project.services) : [];
  return volume === undefined
    ? null
    : refuse(
        "shared-volume",
        `Several pods write to or read from the volume "${volume}", and this cluster has no storage that pods share. Mount it in one service only, or ask the operator for a storage class with ReadWriteMany.`,
      );
}

/** A name nobody uses is only noted. */
function unusableName(draft: Draft): Refused | null {
  const mentioned = hostMentions(draft.workload.project.services);
  const name = impossibleNames(draft).find((one) => mentioned.has(one));
  return name === undefined
    ? null
    : refuse(
        "service-name",
        `Services reach another as "${name}", a name that a cluster cannot have. Use letters, digits and dashes, in the file and where it is used.`,
      );
}

function noImage({ service, image }: ServiceDraft): Refused | null {
  return /^[^\s\0-\x1f]{1,1000}$/.test(image)
    ? null
    : refuse("no-image", `There is no image for the service "${service.name}".`);
}

function variables({ service }: ServiceDraft, { workload }: Draft): Refused | null {
  const names = [...Object.keys(service.environment), ...Object.keys(workload.env)];
  const wrong = names.find((name) => !ENV_NAME.test(name));
  if (wrong !== undefined)
    return refuse(
      "env-name",
      `"${service.name}" has the variable "${wrong}", which is no name in a cluster. Use letters, digits and underscores.`,
    );
  const binary = Object.entries(service.environment).find(([, value]) => value.includes("\0"));
  return binary === undefined
    ? null
    : refuse(
        "env-name",
        `The variable "${binary[0]}" of "${service.name}" holds a zero byte. No program can read it; take it out.`,
      );
}

function user({ service, image, user: known }: ServiceDraft, { spec }: Draft): Refused | null {
  if (userOf(service, image) === "name")
    return refuse(
      "user-name",
      `"${service.name}" runs as "${service.user}", a name that only its image knows. Write the number, such as user: "1000".`,
    );
  return known?.uid === 0 && spec.limits.podSecurity === "restricted"
    ? refuse(
        "user-root",
        `"${service.name}" runs as root, which this cluster does not allow. Give another user, such as x-shadow: { user: "1000" }, or ask the operator for baseline.`,
      )
    : null;
}

function mounts({ service }: ServiceDraft, { workload }: Draft): Refused | null {
  return mountRefusal(service, workload.project.files);
}
