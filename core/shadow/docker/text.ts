/** How docker compose wants texts written. */
import type { DockerJson } from "./options.ts";

/** Every dollar would begin a variable, and halves of a pair are no YAML. https://docs.docker.com/reference/compose-file/interpolation/ */
export function escaped(text: string): string {
  return text.toWellFormed().replaceAll("$", () => "$$");
}

/** Every text in it, names of keys left alone: they are not interpolated. */
export function escapedAll(value: DockerJson): DockerJson {
  if (typeof value === "string") return escaped(value);
  if (isList(value)) return value.map(escapedAll);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, escapedAll(inner)]));
}

/** `Array.isArray` does not tell readonly lists from the rest. */
function isList(value: DockerJson): value is readonly DockerJson[] {
  return Array.isArray(value);
}

/** `1500ms`; never nothing, which would mean the default. */
export function duration(ms: number): string {
  return `${Math.max(1, Math.ceil(Number.isFinite(ms) ? Math.min(ms, LONGEST_MS) : LONGEST_MS))}ms`;
}

const LONGEST_MS = 3_600_000;
