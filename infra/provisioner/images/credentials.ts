/**
 * Who we are at registries, as the operator says it in the form of docker's own `config.json`: `{"auths": {"ghcr.io": {"auth": …}}}`,
 * the same text that a pull secret of the cluster holds.
 */
import { z } from "zod";

export interface RegistryCredential {
  readonly username: string;
  readonly password: string;
}

const Entry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
});
const DockerConfig = z.object({ auths: z.record(z.string(), Entry).default({}) });

/** By registry host; null where the text is something else. Never tells the text itself. */
export function readRegistryCredentials(text: string): ReadonlyMap<string, RegistryCredential> | null {
  const parsed = DockerConfig.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  return new Map(
    Object.entries(parsed.data.auths).flatMap(([place, entry]) => {
      const credential = credentialOf(entry);
      return credential === null ? [] : [[hostOf(place), credential] as const];
    }),
  );
}

function credentialOf({ auth, username, password }: z.infer<typeof Entry>): RegistryCredential | null {
  if (username !== undefined && password !== undefined) return { username, password };
  const text = auth === undefined ? "" : Buffer.from(auth, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon === -1 ? null : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Docker writes Hub's as `https://index.docker.io/v1/`. */
function hostOf(place: string): string {
  const host = place
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/, "")
    .toLowerCase();
  return host === "index.docker.io" || host === "registry-1.docker.io" ? "docker.io" : host;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
