/** The steps of a path as differences write it (`$.items[3]["odd key"]`) and as RFC 9535 normalises it (`$['items'][3]`). */

/** A member's name, or an element's position. */
export type Step = string | number;

const STEP = /\.([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\['((?:[^'\\]|\\.)*)'\]/y;

/** Null for what is no such path, or was shortened. */
export function stepsOf(path: string): readonly Step[] | null {
  if (!path.startsWith("$")) return null;
  const steps: Step[] = [];
  const reader = new RegExp(STEP);
  reader.lastIndex = 1;
  while (reader.lastIndex < path.length) {
    const match = reader.exec(path);
    if (match === null) return null;
    steps.push(stepOf(match));
  }
  return steps;
}

function stepOf([, plain, position, double, single]: RegExpExecArray): Step {
  if (plain !== undefined) return plain;
  if (position !== undefined) return Number(position);
  const quoted = double ?? `"${(single ?? "").replaceAll('"', '\\"').replaceAll("\\'", "'")}"`;
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
