/** Paths as a compose file writes them, and the file of the repository they mean. Pure text: nothing is looked up. */

export type RepositoryPath =
  /** Inside the repository; "" is its root. */
  | { readonly kind: "inside"; readonly path: string }
  /** Absolute, of somebody's home, of Windows, or above the repository. */
  | { readonly kind: "outside" }
  /** A web address or a git repository. */
  | { readonly kind: "remote" };

const MAX_PATH_CHARS = 1_000;

/** `text` as written in a file whose relative paths start at `base` ("" is the root). */
export function repositoryPath(text: string, base: string): RepositoryPath {
  if (/^[a-z][a-z0-9+.-]*:\/\/|^git@|^oci:/i.test(text)) return { kind: "remote" };
  if (text.length > MAX_PATH_CHARS || /^[/~\\]|^[A-Za-z]:|\\|\0/.test(text)) return { kind: "outside" };
  const steps: string[] = [];
  for (const step of [...base.split("/"), ...text.split("/")]) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return { kind: "outside" };
  }
  return { kind: "inside", path: steps.join("/") };
}

/** The folder a file lies in; "" for the root. */
export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** Whether a path is a folder itself or lies in it; everything lies in the root. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** An absolute path in a container without `.`, `..` and doubled slashes; null for a relative one. */
export function cleanTarget(target: string): string | null {
  if (!target.startsWith("/") || target.includes("\0") || target.length > MAX_PATH_CHARS) return null;
  const steps: string[] = [];
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return `/${steps.join("/")}`;
}
