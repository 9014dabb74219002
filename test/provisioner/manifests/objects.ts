/** Reads the manifests as kustomize does, as far as ours use it: `kubectl kustomize` where kubectl is, and the plain files everywhere. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

export const FOLDER = fileURLToPath(new URL("../../../infra/kubernetes/", import.meta.url));
export const OVERLAYS = ["cluster-wide", "single-namespace", "cloudflared"] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** An object as far as the tests look. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

function objectsIn(text: string): readonly Manifest[] {
  // The manifests are ours; what they hold is what the tests are about.
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

/** Every object of the plain files, without what an overlay makes of it. */
export function plainObjects(folder = FOLDER): readonly Manifest[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml") && !/(kustomization|operator|tunnel)\.yaml$/.test(file))
    .flatMap((file) => objectsIn(readFileSync(join(folder, file), "utf8")));
}

export function hasKubectl(): boolean {
  try {
    execFileSync("kubectl", ["version", "--client"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** An overlay as `kubectl apply -k` would apply it, with the example's secrets filled in as the documentation says. */
export function builtOverlay(overlay: Overlay): readonly Manifest[] {
  const copy = mkdtempSync(join(tmpdir(), "manifests-"));
  try {
    cpSync(FOLDER, copy, { recursive: true });
    const folder = join(copy, "overlays", overlay);
    copyFileSync(join(folder, "secrets.example.env"), join(folder, ".secrets.env"));
    return objectsIn(execFileSync("kubectl", ["kustomize", folder], { encoding: "utf8" }));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** `apps/deployments patch`, one line for each right, in order. */
export function rightsOf(rules: readonly Rule[]): readonly string[] {
  const lines = rules.flatMap(({ apiGroups, resources, verbs, resourceNames = [""] }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        resourceNames.flatMap((name) =>
          verbs.map((verb) => `${group}/${resource}${name === "" ? "" : `/${name}`} ${verb}`),
        ),
      ),
    ),
  );
  return lines.toSorted((a, b) => a.localeCompare(b));
}
