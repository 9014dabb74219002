/** What pods read: files of the repository, configs and secrets of the project, the stack's own variables, claims of shared volumes. */
import { distinctMounts, sharedVolumes } from "../stack/mounts.ts";
import { ownName, shortHash } from "../stack/names.ts";
import { type Draft, objectOf, type ServiceDraft } from "./draft.ts";
import type { KubernetesObject } from "./object.ts";
import { base64Of, bytesQuantity } from "./text.ts";

export function contentOf(draft: Draft): readonly KubernetesObject[] {
  return [...envSecret(draft), ...projectFiles(draft), ...repositoryFiles(draft), ...claims(draft)];
}

/** Of the Secret with `stack.env`. */
export function envName({ names }: Draft): string {
  return ownName(names, "env");
}

/** Of the ConfigMap with the repository's files of one mount. */
export function filesName({ name }: ServiceDraft, index: number): string {
  return `${name}-files-${index}`;
}

/** Of the ConfigMap or Secret with one config or secret of the project. */
export function fileName({ names, workload }: Draft, file: string): string {
  return ownName(names, `file-${workload.project.files.findIndex(({ name }) => name === file)}`);
}

export function claimName({ names }: Draft, volume: string): string {
  return ownName(names, `volume-${shortHash(volume)}`);
}

/** Volumes that need a claim: pods of several services, or several pods of one, write to them. */
export function claimsOf(draft: Draft): readonly string[] {
  return draft.cluster.sharedStorageClass == null ? [] : sharedVolumes(draft.workload.project.services);
}

function envSecret(draft: Draft): readonly KubernetesObject[] {
  const entries = Object.entries(draft.workload.env);
  if (entries.length === 0) return [];
  const data = Object.fromEntries(entries.map(([name, value]) => [name, base64Of(value)]));
  return [objectOf(draft, "Secret", { name: envName(draft), type: "Opaque", data })];
}

function projectFiles(draft: Draft): readonly KubernetesObject[] {
  return draft.workload.project.files.map(({ name, kind, content }) =>
    kind === "secret"
      ? objectOf(draft, "Secret", { name: fileName(draft, name), type: "Opaque", data: { content: base64Of(content) } })
      : objectOf(draft, "ConfigMap", { name: fileName(draft, name), data: { content } }),
  );
}

function repositoryFiles(draft: Draft): readonly KubernetesObject[] {
  return draft.services.flatMap((part) =>
    distinctMounts(part.service.mounts).flatMap((mount, index) =>
      mount.kind === "files"
        ? [
            objectOf(draft, "ConfigMap", {
              name: filesName(part, index),
              data: Object.fromEntries(mount.files.map(({ content }, at) => [`f${at}`, content])),
            }),
          ]
        : [],
    ),
  );
}

function claims(draft: Draft): readonly KubernetesObject[] {
  const [first] = draft.services;
  const volumes = claimsOf(draft);
  // One share for all of them: in a namespace that all stacks have together no quota of ours counts them.
  const bytes = Math.floor((first?.share.storageBytes ?? 0) / Math.max(1, volumes.length));
  return volumes.map((volume) =>
    objectOf(draft, "PersistentVolumeClaim", {
      name: claimName(draft, volume),
      spec: {
        accessModes: ["ReadWriteMany"],
        storageClassName: draft.cluster.sharedStorageClass ?? null,
        resources: { requests: { storage: bytesQuantity(bytes) } },
      },
    }),
  );
}
