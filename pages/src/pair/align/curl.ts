/** A request as a curl command that can be pasted: secrets are placeholders, everything is quoted for a POSIX shell. */
import type { PairDetail } from "../../../../core/wire/api/pairs.ts";
import { withoutTokens } from "../../words/redacted.ts";

type Request = NonNullable<PairDetail["exchange"]>["request"];

/** Set by curl itself; copied ones would contradict what is sent. */
const NOT_SENT = new Set(["host", "content-length", "connection", "transfer-encoding", "accept-encoding"]);

/** Pseudo-target when no origin is known; the reader puts one in its place. */
const ORIGIN_PLACEHOLDER = "https://ORIGIN";

/** The command. A binary body is left out and said so in a comment line after the command. */
export function curl(request: Request, origin: string | null): string {
  const target = placeheld(`${origin ?? ORIGIN_PLACEHOLDER}${request.path}`, "SECRET");
  const parts = [`curl --include --globoff${methodFlag(request)} ${quoted(target)}`];
  for (const [name, value] of Object.entries(request.headers)) {
    if (NOT_SENT.has(name)) continue;
    const secret = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
    for (const each of typeof value === "string" ? [value] : value) {
      parts.push(`--header ${quoted(`${name}: ${placeheld(each, secret)}`)}`);
    }
  }
  if (request.body !== null && request.body !== "" && request.bodyEncoding === undefined) {
    parts.push(`--data-raw ${quoted(placeheld(request.body, "SECRET"))}`);
  }
  const command = parts.join(" \\\n  ");
  return request.bodyEncoding === undefined
    ? command
    : `${command}\n# The request's binary body is not part of this command.`;
}

function methodFlag({ method }: Request): string {
  if (method === "GET") return "";
  return method === "HEAD" ? " --head" : ` --request ${quoted(method)}`;
}

/** Redaction tokens replaced by `<NAME>`, which a reader recognises and a server refuses. */
function placeheld(text: string, name: string): string {
  return withoutTokens(text, `<${name}>`);
}

/** In single quotes, where a shell expands nothing. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
