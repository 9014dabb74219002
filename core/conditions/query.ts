/** Keys and values of `a=1&b=2`: of a query string or a form (https://url.spec.whatwg.org/#application/x-www-form-urlencoded). */
import type { Feature, Source } from "./feature.ts";

/** Repeated keys come repeatedly. What does not decode is taken as sent. */
export function queryFields(source: Source, text: string): readonly Feature[] {
  if (text === "") return [];
  return text.split("&").flatMap((part): readonly Feature[] => {
    if (part === "") return [];
    const at = part.indexOf("=");
    const [key, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    return [{ source, key: decoded(key), value: decoded(value) }];
  });
}

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
