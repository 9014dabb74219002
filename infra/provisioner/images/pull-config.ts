/** docker's `config.json` for one stack: of the operator's credentials those its images are pulled with, and no other. Pure. */
import { credentialFor, type RegistryCredentials } from "./credentials.ts";
import { readImage } from "./reference.ts";

/** The kubelet looks images without a registry's name up under this one. https://kubernetes.io/docs/concepts/containers/images/#config-json */
const HUB = "https://index.docker.io/v1/";

/** Null: none of the images lies where we have a name. The same images give the same text, whatever their order. */
export function pullConfigOf(credentials: RegistryCredentials, images: readonly string[]): string | null {
  const found = images.flatMap((text) => {
    const image = readImage(text);
    const own = image.ok ? credentialFor(credentials, image.value) : null;
    return own === null ? [] : [own];
  });
  if (found.length === 0) return null;
  const auths: Record<string, { readonly auth: string }> = Object.fromEntries(
    found
      .toSorted((a, b) => (a.place < b.place ? -1 : 1))
      .map(({ place, credential: { username, password } }) => [
        place === "docker.io" ? HUB : place,
        { auth: Buffer.from(`${username}:${password}`).toString("base64") },
      ]),
  );
  return JSON.stringify({ auths });
}
