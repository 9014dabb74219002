/**
 * How the bytes of a body become a pair's text: by their content type alone. Here because whoever captures answers has to
 * decide alike, or one recording would be compared as text and another as base64.
 */

const TEXT_TYPES = /^text\/|json|xml|javascript|x-www-form-urlencoded|multipart\/form-data|yaml|graphql/i;
const BINARY_TYPES = /^(?:image|audio|video|font)\/(?!svg)/i;
const CHARSET = /;\s{0,8}charset\s{0,8}=\s{0,8}"?([\w:.-]{1,40})/i;

/**
 * `text`: decoded in any case, wrong bytes as U+FFFD, because redaction has to see its names and the comparison the wrong
 * characters. `binary`: base64 in any case. `unknown`: text where it is valid UTF-8.
 */
export type BodyForm =
  | { readonly form: "text"; readonly charset: string }
  | { readonly form: "binary" }
  | { readonly form: "unknown" };

/** `contentType` as it stands in the header; empty where there is none. */
export function bodyFormOf(contentType: string): BodyForm {
  if (TEXT_TYPES.test(contentType)) return { form: "text", charset: CHARSET.exec(contentType)?.[1] ?? "utf-8" };
  return { form: BINARY_TYPES.test(contentType) ? "binary" : "unknown" };
}
