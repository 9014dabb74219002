/** Keys of well-known issuers by their form: the same forms that redaction knows, so what may not be stored may not be committed either. */
import { ISSUERS, patternOf } from "../../../../core/redact/issuers.ts";
import type { Suspect } from "./assigned.ts";
import { entropyOf, isPlaceholder } from "./placeholders.ts";

/** Forms that ordinary names and hashes have too; secretlint knows these issuers by more than their beginning. */
const TOO_COMMON = new Set(["Twilio", "Airtable", "Square", "OpenAI, Anthropic, OpenRouter"]);

const FORMS = ISSUERS.filter(({ name }) => !TOO_COMMON.has(name)).map((issuer) => ({
  name: issuer.name,
  starts: issuer.starts.split(" "),
  form: new RegExp(`(?<![A-Za-z0-9_])${patternOf(issuer)}`, "g"),
}));

/** RFC 7519: `eyJ` is `{"` in base64; three parts, the last of them a signature. */
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g;

const MIN_ENTROPY = 3;

/** How any of them begins: most files have none, and one look is cheaper than one for each issuer. */
const ANY_START = new RegExp(
  `(?:${FORMS.flatMap(({ starts }) => starts.map((start) => start.replaceAll(/[^\w]/g, String.raw`\$&`))).join("|")})`,
);

export function issuedSecrets(text: string): readonly Suspect[] {
  const issued = (ANY_START.test(text) ? FORMS : [])
    .filter(({ starts }) => starts.some((start) => text.includes(start)))
    .flatMap(({ name, form }) => found(text, form, `a key of ${name}`));
  return [...issued, ...found(text, JSON_WEB_TOKEN, "a JSON web token")];
}

function found(text: string, form: RegExp, what: string): readonly Suspect[] {
  return [...text.matchAll(form)]
    .filter(([value]) => !isPlaceholder(value) && /\d/.test(value) && entropyOf(value) >= MIN_ENTROPY)
    .map(({ index }) => ({ start: index, what }));
}
