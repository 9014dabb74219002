/** Which findings speak of a place, by the path their differences stand at: so that a marked line can say how bad it is. */
import type { Finding } from "./side.ts";

export interface Tag {
  readonly rule: string;
  readonly tone: "Critical" | "Warning" | "Safe" | "noise";
}

const RANK: Readonly<Record<Tag["tone"], number>> = { noise: 0, Safe: 1, Warning: 2, Critical: 3 };

/** The worst finding at each path. */
export function tagsByPath(findings: readonly Finding[]): ReadonlyMap<string, Tag> {
  const tags = new Map<string, Tag>();
  for (const { rule, severity, noise, path, differences } of findings) {
    const tag: Tag = { rule, tone: noise === null ? severity : "noise" };
    for (const at of [path, ...differences.map((difference) => difference.path)]) {
      const known = tags.get(at);
      if (known === undefined || RANK[tag.tone] > RANK[known.tone]) tags.set(at, tag);
    }
  }
  return tags;
}
