/** The addresses and ids that objects of GitHub's API carry by the dozen. Nothing reads most of them; they are there because GitHub sends them. */
import type { State } from "../state.ts";

/** What stands at `https://api.github.com`. */
export function apiUrl(state: State, path: string): string {
  return `${state.origin()}${path}`;
}

export function nodeId(type: string, id: number): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}

export function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
