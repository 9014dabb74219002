/** What of a service has no place in a cluster, or another one: a table, so that nothing is left out silently. */
import { userOf } from "../stack/user.ts";
import type { Draft, ServiceDraft } from "./draft.ts";
import { isHostLine } from "./services.ts";
import type { StackNote } from "./stack.ts";

interface Row {
  readonly code: string;
  readonly effect: StackNote["effect"];
  readonly fires: (part: ServiceDraft, draft: Draft) => boolean;
  readonly message: (part: ServiceDraft) => string;
}

const LONGEST_GRACE_MS = 30_000;

const ROWS: readonly Row[] = [
  {
    code: "known-user",
    effect: "adjusted",
    fires: ({ service, image, user }) => user !== null && userOf(service, image) === "image",
    message: ({ user }) =>
      `It runs as user ${user?.uid ?? ""}, to which this public image changes by itself. Set user to say otherwise.`,
  },
  {
    code: "may-be-root",
    effect: "adjusted",
    fires: ({ restricted }) => !restricted,
    message: () =>
      "Its image may run as root, so the stack meets Pod Security baseline and not restricted. Give it a numeric user to change that.",
  },
  {
    code: "less-resources",
    effect: "adjusted",
    fires: ({ share }) => share.reduced,
    message: ({ share }) =>
      `It has ${share.cpuMilli / 1_000} CPUs and ${Math.floor(share.memoryBytes / 1_048_576)} MiB, less than the file asks for: the stack's limits are shared out.`,
  },
  {
    code: "image-healthcheck",
    effect: "adjusted",
    fires: ({ service }) => service.healthcheck?.test.kind === "image",
    message: () =>
      "The healthcheck of an image cannot be seen from outside. It counts as ready when its first port accepts connections; write the test into the file to have it run.",
  },
  {
    code: "runs-as-job",
    effect: "adjusted",
    fires: ({ lasting }) => lasting === "may-end",
    message: () =>
      "It listens nowhere and is not restarted, so it runs as a job that may end. Set restart: always for a server.",
  },
  {
    code: "pids",
    effect: "dropped",
    fires: ({ service }) => service.resources.pids !== null,
    message: () => "A cluster limits the number of processes by node, not by service.",
  },
  {
    code: "stop-signal",
    effect: "dropped",
    fires: ({ service }) => service.stopSignal !== null,
    message: () => "The signal that ends it is the image's.",
  },
  {
    code: "stop-grace",
    effect: "adjusted",
    fires: ({ service }) => (service.stopGraceMs ?? 0) > LONGEST_GRACE_MS,
    message: () => "It has 30 s to end: a closed stack is gone within a minute.",
  },
  {
    code: "group-name",
    effect: "dropped",
    fires: ({ service }) => service.groups.some((group) => !/^\d+$/.test(group) && group !== "root"),
    message: () => "Groups count as numbers only: names are the image's. Write the number.",
  },
  {
    code: "hostname",
    effect: "dropped",
    fires: ({ service }) =>
      service.hostname !== null && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(service.hostname),
    message: () => "Its host name is no name that a pod can have: use lower case, digits and dashes.",
  },
  {
    code: "extra-host",
    effect: "dropped",
    fires: ({ service }) => service.extraHosts.some((line) => !isHostLine(line)),
    message: () => "Lines of extra_hosts that are no name with a numeric address have no meaning in a cluster.",
  },
  {
    code: "empty-command",
    effect: "adjusted",
    fires: ({ service }) =>
      service.command?.length === 0 && (service.entrypoint === null || service.entrypoint.length === 0),
    message: () => "An empty command cannot be told from none: the image's own runs.",
  },
  {
    code: "seed-elsewhere",
    effect: "adjusted",
    fires: ({ service, lasting }, { workload }) =>
      lasting === "server" &&
      workload.seed !== null &&
      workload.entry.service === service.name &&
      service.mounts.some(({ kind }) => kind === "volume" || kind === "anonymous"),
    message: () =>
      "The seed runs in a pod of its own: it reaches databases, but files it writes are not in the volumes of the service.",
  },
];

export function notesOf(draft: Draft): readonly StackNote[] {
  return draft.services.flatMap((part) =>
    ROWS.filter(({ fires }) => fires(part, draft)).map(({ code, effect, message }) => ({
      service: part.service.name,
      code,
      effect,
      message: message(part),
    })),
  );
}
