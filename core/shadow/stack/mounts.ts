/** Where a service's mounts lie, and which volumes several pods of a stack write to. */
import type { ComposeService, Mount } from "../compose/project.ts";
import { copiesOf } from "./share.ts";

/** One for each path, the last of the file: a pod may not mount twice at one path. */
export function distinctMounts(mounts: readonly Mount[]): readonly Mount[] {
  return [...new Map(mounts.map((mount) => [targetOf(mount), mount])).values()];
}

/** Without slashes at its end or doubled ones. */
export function targetOf({ target }: Mount): string {
  return target.replaceAll(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
}

/** Named volumes that more than one pod mounts and at least one writes to. */
export function sharedVolumes(services: readonly ComposeService[]): readonly string[] {
  const named = services.flatMap((service) =>
    service.mounts.flatMap((mount) => (mount.kind === "volume" ? [{ service, mount }] : [])),
  );
  return [...new Set(named.map(({ mount }) => mount.volume))].filter((volume) => {
    const uses = named.filter(({ mount }) => mount.volume === volume);
    const users = [...new Set(uses.map(({ service }) => service))];
    const pods = users.reduce((sum, service) => sum + copiesOf(service), 0);
    return pods > 1 && uses.some(({ mount }) => !mount.readOnly);
  });
}
