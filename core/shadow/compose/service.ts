/** One service: its keys, each read by the part that knows it. Dependencies and names given by others are added later. */
import { sayAccess } from "./access.ts";
import { commandOf } from "./command.ts";
import { environmentOf } from "./environment.ts";
import { healthcheckOf } from "./healthcheck.ts";
import { sayKeys } from "./keys.ts";
import { isReadOnly, mountsOf } from "./mounts.ts";
import { extraHostsOf, hostnameOf, ownNames } from "./names.ts";
import { itemsOf, textAt } from "./node.ts";
import { portsOf } from "./ports.ts";
import type { ComposeService, Mount, ProjectFile, ServicePort } from "./project.ts";
import { usedFiles } from "./project-files.ts";
import { composeBoolean, composeBytes, composeDurationMs, composeInteger } from "./quantities.ts";
import { refuse } from "./reading.ts";
import { resourcesOf } from "./resources.ts";
import { at, isBuilt, type ServiceView, spotOf, textOf } from "./view.ts";

/** More containers of one service show nothing more of its behaviour. */
const MAX_REPLICAS = 10;

/** `[host[:port]/]path[:tag][@sha256:digest]`, https://github.com/distribution/reference */
const IMAGE =
  /^(?=.{1,500}$)(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?\/)?[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

export interface ReadService {
  readonly service: ComposeService;
  readonly files: readonly ProjectFile[];
}

export function readService(view: ServiceView): ReadService {
  sayKeys(view.reading, view.entry.node, ["services", view.name]);
  sayAccess(view);
  const used = [...usedFiles(view, "configs"), ...usedFiles(view, "secrets")];
  const service: ComposeService = {
    name: view.name,
    line: view.entry.place.line,
    image: imageOf(view),
    built: isBuilt(view),
    entrypoint: commandOf(view, "entrypoint"),
    command: commandOf(view, "command"),
    environment: environmentOf(view),
    ports: answeringFirst(view, portsOf(view, "ports")),
    expose: portsOf(view, "expose"),
    healthcheck: healthcheckOf(view),
    dependsOn: [],
    mounts: distinctTargets([...mountsOf(view), ...used.map(({ mount }) => mount)]),
    resources: resourcesOf(view),
    ...containerOf(view),
    replicas: replicasOf(view),
    restart: restartOf(view),
    hostname: hostnameOf(view),
    aliases: ownNames(view),
    extraHosts: extraHostsOf(view),
  };
  return { service, files: used.map(({ file }) => file) };
}

function distinctTargets(mounts: readonly Mount[]): readonly Mount[] {
  return [...new Map(mounts.map((mount) => [mount.target, mount])).values()];
}

function containerOf(view: ServiceView) {
  return {
    user: userOf(view),
    groups: itemsOf(at(view, "group_add")).map((item) => textAt(item) ?? ""),
    workingDir: workingDirOf(view),
    readOnly: isReadOnly(view),
    stopGraceMs: quantityOf(view, "stop_grace_period", composeDurationMs),
    stopSignal: stopSignalOf(view),
    shmBytes: quantityOf(view, "shm_size", composeBytes),
    tty: isOn(view, "tty"),
    stdin: isOn(view, "stdin_open"),
  };
}

function imageOf(view: ServiceView): string | null {
  const image = textOf(view, "image") ?? "";
  if (image === "") {
    if (!isBuilt(view))
      refuse(view.reading, spotOf(view), { code: "no-image", message: "The service has neither image nor build." });
    return null;
  }
  if (IMAGE.test(image)) return image;
  const message = `"${image.slice(0, 80)}" is no name of an image. Write it like registry.example/path:tag.`;
  refuse(view.reading, spotOf(view, "image"), { code: "image-name", message });
  return null;
}

/** Where `x-shadow` says it answers comes first. */
function answeringFirst(view: ServiceView, ports: readonly ServicePort[]): readonly ServicePort[] {
  const text = textOf(view, "x-shadow", "port");
  if (text === undefined) return ports;
  const port = composeInteger(text) ?? 0;
  if (port < 1 || port > 65_535) {
    refuse(view.reading, spotOf(view, "x-shadow", "port"), { code: "x-shadow", message: "port is a number to 65535." });
    return ports;
  }
  return [{ port, protocol: "tcp" }, ...ports.filter((one) => one.port !== port || one.protocol !== "tcp")];
}

/** `1000`, `1000:1000`, `node`; an empty text is none. */
function userOf(view: ServiceView): string | null {
  const own = textOf(view, "x-shadow", "user");
  const user = own ?? textOf(view, "user") ?? "";
  if (user === "" || /^(?:[0-9]{1,10}|[A-Za-z_][\w.-]{0,31})(?::(?:[0-9]{1,10}|[A-Za-z_][\w.-]{0,31}))?$/.test(user))
    return user === "" ? null : user;
  const spot = own === undefined ? spotOf(view, "user") : spotOf(view, "x-shadow", "user");
  refuse(view.reading, spot, {
    code: "user",
    message: `"${user.slice(0, 40)}" is no user. Write 1000, 1000:1000 or a name.`,
  });
  return null;
}

function workingDirOf(view: ServiceView): string | null {
  const text = textOf(view, "working_dir") ?? "";
  if (text === "" || text.startsWith("/")) return text === "" ? null : text;
  refuse(view.reading, spotOf(view, "working_dir"), { code: "working-dir", message: "Write an absolute path." });
  return null;
}

function stopSignalOf(view: ServiceView): string | null {
  const text = textOf(view, "stop_signal") ?? "";
  if (text === "" || /^(?:SIG)?[A-Z]{2,10}[0-9+-]{0,3}$|^[0-9]{1,2}$/.test(text)) return text === "" ? null : text;
  refuse(view.reading, spotOf(view, "stop_signal"), { code: "stop-signal", message: "Write it like SIGTERM or 15." });
  return null;
}

function quantityOf(view: ServiceView, key: string, read: (text: string) => number | null): number | null {
  const text = textOf(view, key);
  const value = text === undefined ? 0 : read(text);
  if (value === null)
    refuse(view.reading, spotOf(view, key), {
      code: "quantity",
      message: `"${text?.slice(0, 40)}" cannot be read. Write it like 10s, or 64m.`,
    });
  return text === undefined ? null : value;
}

function isOn(view: ServiceView, key: string): boolean {
  return composeBoolean(textOf(view, key) ?? "false") === true;
}

/** `scale` and `deploy.replicas` mean the same; 0 leaves the service out, which is decided before it is read. */
export function replicasOf(view: ServiceView): number {
  const key = textOf(view, "scale") === undefined ? ["deploy", "replicas"] : ["scale"];
  const text = textOf(view, ...key);
  const count = text === undefined || textOf(view, "deploy", "mode") === "global" ? 1 : composeInteger(text);
  if (count !== null && count <= MAX_REPLICAS) return count;
  const message = `A shadow has up to ${MAX_REPLICAS} containers of a service.`;
  refuse(view.reading, spotOf(view, ...key), { code: "too-many-replicas", message });
  return 1;
}

/** As written; what is not written is settled when it is known who waits for the service to end. */
function restartOf(view: ServiceView): ComposeService["restart"] {
  const condition = textOf(view, "deploy", "restart_policy", "condition");
  const key = condition === undefined ? ["restart"] : ["deploy", "restart_policy", "condition"];
  const text = condition ?? textOf(view, "restart");
  if (text === undefined) return textOf(view, "deploy", "mode")?.endsWith("-job") === true ? "no" : "always";
  if (text === "no" || text === "none" || text === "false") return "no";
  if (/^on-failure(?::[0-9]+)?$/.test(text)) return "on-failure";
  if (!["always", "unless-stopped", "any", ""].includes(text))
    refuse(view.reading, spotOf(view, ...key), {
      code: "restart",
      message: 'Write "no", on-failure, always or unless-stopped.',
    });
  return "always";
}
