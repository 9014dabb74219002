/**
 * Who we are at registries, as the operator says it in the form of docker's own `config.json`: `{"auths": {"ghcr.io": {"auth": …}}}`,
 * the same text that a pull secret of the cluster holds.
 */
import { z } from "zod";
import { type ImageReference, imageName, isInPlace } from "./reference.ts";

export interface RegistryCredential {
  readonly username: string;
  readonly password: string;
}

/** By place: a registry's host, or a path in it (`ghcr.io/acme`). */
export type RegistryCredentials = ReadonlyMap<string, RegistryCredential>;

const Entry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
});
const DockerConfig = z.object({ auths: z.record(z.string(), Entry).default({}) });

/** Null where the text is something else. Never tells the text itself. */
export function readRegistryCredentials(text: string): RegistryCredentials | null {
  const parsed = DockerConfig.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  return new Map(
    Object.entries(parsed.data.auths).flatMap(([place, entry]) => {
      const credential = credentialOf(entry);
      return credential === null ? [] : [[placeOf(place), credential] as const];
    }),
  );
}

function credentialOf({ auth, username, password }: z.infer<typeof Entry>): RegistryCredential | null {
  if (username !== undefined && password !== undefined) return { username, password };
  const text = auth === undefined ? "" : Buffer.from(auth, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon === -1 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** The one of the narrowest place that the image lies in; null: there we are nobody. */
export function credentialFor(
  credentials: RegistryCredentials,
  image: ImageReference,
): { readonly place: string; readonly credential: RegistryCredential } | null {
  const [narrowest] = [...credentials]
    .filter(([place]) => isInPlace(imageName(image), place))
    .toSorted(([a], [b]) => b.length - a.length);
  return narrowest === undefined ? null : { place: narrowest[0], credential: narrowest[1] };
}

/** Docker writes Hub's as `https://index.docker.io/v1/`; the version is the protocol's and no path. */
function placeOf(key: string): string {
  const [first = "", ...path] = key.replace(/^https?:\/\//, "").split("/");
  const name = first.toLowerCase();
  const host = name === "index.docker.io" || name === "registry-1.docker.io" ? "docker.io" : name;
  const isVersion = path[0] === "v1" || path[0] === "v2";
  return [host, ...(isVersion ? path.slice(1) : path)].filter((part) => part !== "").join("/");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
