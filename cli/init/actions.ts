/** GitHub's own actions, each at one commit: a tag can be moved to other code, a commit cannot. */

/** The commit, and the version it was released as. */
export const ACTIONS = {
  checkout: ["actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "v5.0.0"],
  setupNode: ["actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444", "v5.0.0"],
  setupPython: ["actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c", "v6.0.0"],
  upload: ["actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f", "v6.0.0"],
  download: ["actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131", "v7.0.0"],
} as const;

/** The version that a pinned action was released as; null for any other. */
export function releaseOf(uses: string): string | null {
  return Object.values(ACTIONS).find(([pinned]) => pinned === uses)?.[1] ?? null;
}
