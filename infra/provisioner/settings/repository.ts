/** A repository's settings where the operator says no more than that it is served. */
import type { RepositorySettings } from "./operator.ts";

export function repositorySettings(
  says: Pick<RepositorySettings, "id" | "fullName"> & Partial<RepositorySettings>,
): RepositorySettings {
  return {
    hosts: [],
    secrets: {},
    drafts: false,
    maxRps: null,
    imageCheck: null,
    previewEnvironment: null,
    process: null,
    ...says,
  };
}
