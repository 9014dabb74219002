/** Form bodies (`application/x-www-form-urlencoded`) as JSON objects: the order of fields means nothing, that of one field's values does. */
import type { JsonTexts, Sides, Text } from "./sides.ts";

export function formTexts({ reference, shadow }: Sides): JsonTexts | null {
  const [left, right] = [fieldsOf(reference), fieldsOf(shadow)];
  if (left === null) return null;
  const repeated = new Set([...repeatedIn(left), ...repeatedIn(right ?? new Map())]);
  return { reference: written(left, repeated), shadow: right && written(right, repeated) };
}

type Fields = ReadonlyMap<string, readonly string[]>;

/** Null where the text is no form: without a single `=`, or with white space, which forms encode. */
function fieldsOf({ text, cut }: Text): Fields | null {
  const body = text.trim();
  if (!body.includes("=") || /[\s<{]/.test(body)) return null;
  const fields = new Map<string, string[]>();
  const parts = body.split("&").filter((part) => part !== "");
  for (const part of cut ? parts.slice(0, -1) : parts) {
    const at = part.indexOf("=");
    const name = decoded(at === -1 ? part : part.slice(0, at));
    const value = at === -1 ? "" : decoded(part.slice(at + 1));
    const known = fields.get(name);
    if (known === undefined) fields.set(name, [value]);
    else known.push(value);
  }
  return fields;
}

function repeatedIn(fields: Fields): readonly string[] {
  return [...fields].flatMap(([name, values]) => (values.length > 1 ? [name] : []));
}

function written(fields: Fields, repeated: ReadonlySet<string>): Text {
  const members = [...fields].map(([name, values]) => {
    const value = repeated.has(name) ? values : (values[0] ?? "");
    return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  });
  return { text: `{${members.join(",")}}`, cut: false };
}

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
