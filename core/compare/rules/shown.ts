/** Values as they stand in a rule's sentence: short, and marked where they were shortened. */
const MAX_SHOWN_CHARS = 60;

export function shown(excerpt: string | undefined): string {
  if (excerpt === undefined) return "nothing";
  return excerpt.length <= MAX_SHOWN_CHARS ? excerpt : `${excerpt.slice(0, MAX_SHOWN_CHARS - 1)}…`;
}

/** `header:set-cookie:sid;secure` without its prefix. */
export function headerName(path: string): string {
  return path.replace(/^header:(?:set-cookie:)?/, "");
}
