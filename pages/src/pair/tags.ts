/** Which findings speak of a place, by the path their differences stand at: so that a marked line can say how bad it is. */
import type { Row } from "./align/row.ts";
import type { Finding } from "./side.ts";

export interface Tag {
  readonly rule: string;
  readonly tone: "Critical" | "Warning" | "Safe" | "noise";
}

const RANK: Readonly<Record<Tag["tone"], number>> = { noise: 0, Safe: 1, Warning: 2, Critical: 3 };

/** Tags by the path of a difference: `$.items[3].price`, `header:etag`, `header:set-cookie:sid;secure`, `body:line 12`. */
export type Tags = ReadonlyMap<string, Tag>;

/** The worst finding at each path. */
export function tagsByPath(findings: readonly Finding[]): Tags {
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

/** What is said of a row. A value that only one side has is spoken of at its top, which its inner lines inherit. */
export function tagOfRow(tags: Tags, { path, mark }: Row): Tag | undefined {
  if (path === null || mark === "same") return undefined;
  const inherits = mark === "missing" || mark === "extra";
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("."), at.lastIndexOf("[")))) {
    const tag = tags.get(at);
    if (tag !== undefined || !inherits) return tag;
  }
  return undefined;
}

/** The worst that is said of a header or of a part of it, such as one cookie's flag. */
export function tagOfHeader(tags: Tags, name: string): Tag | undefined {
  const own = `header:${name}`;
  const about = [...tags].filter(([path]) => path === own || path.startsWith(`${own}:`)).map(([, tag]) => tag);
  return about.toSorted((a, b) => RANK[b.tone] - RANK[a.tone])[0];
}
