/**
 * Names of images in full: registry, repository, tag, digest. Two spellings of one image become one name, so that what is allowed,
 * asked for and run is the same thing. Grammar: https://github.com/distribution/reference
 */
import type { Result } from "../../../core/pair/result.ts";

export interface ImageReference {
  /** Host and port: `ghcr.io`, `docker.io`, `127.0.0.1:5000`. */
  readonly registry: string;
  /** `library/nginx`. */
  readonly repository: string;
  readonly tag: string | null;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string | null;
}

/** Of `docker pull`: a name without a registry is one of Docker Hub's, without a namespace one of its own images. */
const DEFAULT_REGISTRY = "docker.io";
const DEFAULT_NAMESPACE = "library";

/** The grammar's limit of a repository's name. */
const MAX_NAME_CHARS = 255;
const MAX_TEXT_CHARS = 500;

const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function readImage(text: string): Result<ImageReference, "image-name"> {
  if (text.length > MAX_TEXT_CHARS) return { ok: false, reason: "image-name" };
  const [rest, digest] = cutAt(text, text.indexOf("@"));
  const colon = rest.lastIndexOf(":");
  const [name, tag] = cutAt(rest, colon > rest.lastIndexOf("/") ? colon : -1);
  const [registry, path] = withRegistry(name);
  const repository = registry === DEFAULT_REGISTRY && !path.includes("/") ? `${DEFAULT_NAMESPACE}/${path}` : path;
  const sound =
    HOST.test(registry) &&
    repository.length <= MAX_NAME_CHARS &&
    repository.split("/").every((component) => COMPONENT.test(component)) &&
    (tag === null || TAG.test(tag)) &&
    (digest === null || DIGEST.test(digest));
  return sound ? { ok: true, value: { registry, repository, tag, digest } } : { ok: false, reason: "image-name" };
}

function cutAt(text: string, index: number): readonly [string, string | null] {
  return index === -1 ? [text, null] : [text.slice(0, index), text.slice(index + 1)];
}

/** The first part is a host where it looks like one. Hub's other name is the same place. */
function withRegistry(name: string): readonly [string, string] {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  if (!/[.:]/.test(first) && first !== "localhost") return [DEFAULT_REGISTRY, name];
  const host = first.toLowerCase();
  return [host === "index.docker.io" ? DEFAULT_REGISTRY : host, name.slice(slash + 1)];
}

/** `docker.io/library/nginx`: without tag and digest. */
export function imageName({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

/** In full. With a digest the tag is left out: it would decide nothing. */
export function imageText(image: ImageReference): string {
  if (image.digest !== null) return `${imageName(image)}@${image.digest}`;
  return image.tag === null ? imageName(image) : `${imageName(image)}:${image.tag}`;
}

/** Whether the operator lists this place, or one it lies in: `ghcr.io/acme` holds `ghcr.io/acme/web`, not `ghcr.io/acme-corp/web`. */
export function isAllowedImage(image: ImageReference, registries: readonly string[]): boolean {
  const name = imageName(image);
  return registries.some((entry) => isInPlace(name, entry));
}

/** Whether one place is another or lies in it. Both as an operator writes them, or as `imageName` does. */
export function isInPlace(inner: string, outer: string): boolean {
  const [name, place] = [placeOf(inner), placeOf(outer)];
  return place !== "" && (name === place || name.startsWith(`${place}/`));
}

function placeOf(entry: string): string {
  return entry.replace(/\/+$/, "").replace(/^index\.docker\.io(?=\/|$)/, DEFAULT_REGISTRY);
}
