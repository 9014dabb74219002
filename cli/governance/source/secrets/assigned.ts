/** Secrets by the name they are assigned to, in code and in settings; addresses with a password; private keys. */
import { entropyOf, isPlaceholder } from "./placeholders.ts";

/** A part of a text that looks secret. */
export interface Suspect {
  readonly start: number;
  readonly what: string;
}

/** Words that say of a name what its value is. */
const PASSWORD_WORDS = "(?:password|passwd|pwd|passphrase|passcode)";
const KEY_WORDS =
  "(?:secret|token|(?:api|access|secret|private|signing|encryption|auth|account|master|shared|license)[-_.]?key|credential)";

/** The last words of a name. `tokenUrl` and `passwordField` are no secrets. */
const PASSWORD_NAME = new RegExp(String.raw`(?:^|[^a-z])${PASSWORD_WORDS}s?\d*$`);
const KEY_NAME = new RegExp(String.raw`(?:^|[^a-z])${KEY_WORDS}s?\d*$`);

/** In every text that has such a name. Most files have none, and are looked through in a fraction of the time. */
const SECRET_WORD = new RegExp(`${PASSWORD_WORDS}|${KEY_WORDS}`, "i");

/** A name that no word boundary closes: `dbpassword`, `authtoken`. */
const GLUED_NAME = /(?:password|passwd|secret|token|apikey)$/;

/** `name = "value"`, `"name": 'value'`, `name => \`value\``, `name: str = "value"`; the value in quotes, without them inside. */
const QUOTED =
  /([A-Za-z_][\w.-]{1,60})["'\]]{0,2}(?:\s*:\s*[A-Za-z][\w.[\]| ]{0,40}(?==))?\s*(?:=>|:=|[:=](?![=:]))\s*[bru]?(["'`])((?:(?!\2)[^\n\\]){6,300})\2/g;

/** `NAME=value`, `name: value` on a line of its own, in files of settings. */
const BARE =
  /^[ \t-]*(?:export |set |ENV |ARG )?([A-Za-z_][\w.-]{1,60})[ \t]*[:=][ \t]*([^\s"'#{}[\],;]{6,300})[ \t]*(?:#.*)?$/gm;
const SETTINGS_FILE =
  /(?:^|\/)(?:\.env[\w.-]*|\.npmrc|\.pypirc|\.netrc|Dockerfile[\w.-]*)$|\.(?:env|ya?ml|properties|ini|cfg|conf|toml|tfvars)$/;

const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/?#"'`@<>]{0,64}):([^\s/"'`@<>]{3,200})@([\w.-]{1,200})/gi;

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]|["'`+,\s])*[A-Za-z0-9+/=]{20,}/g;

/** Shorter values of keys and tokens are names of things. */
const MIN_KEY_CHARS = 12;
const MIN_KEY_ENTROPY = 2.8;

export function assignedSecrets(path: string, text: string): readonly Suspect[] {
  const isNamed = SECRET_WORD.test(text);
  const quoted = isNamed ? [...text.matchAll(QUOTED)].flatMap((match) => named(match, match[3] ?? "")) : [];
  const bare =
    isNamed && SETTINGS_FILE.test(path)
      ? [...text.matchAll(BARE)].flatMap((match) => named(match, match[2] ?? ""))
      : [];
  return [...quoted, ...bare, ...addresses(text), ...privateKeys(text)];
}

function named(match: RegExpExecArray, value: string): readonly Suspect[] {
  const name = match[1] ?? "";
  const what = kindOf(name);
  if (what === null || isPlaceholder(value)) return [];
  if (what === "key" && !looksRandom(value)) return [];
  return [{ start: match.index, what: `a value of ${name}` }];
}

function kindOf(name: string): "password" | "key" | null {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  if (PASSWORD_NAME.test(words)) return "password";
  if (KEY_NAME.test(words)) return "key";
  if (!GLUED_NAME.test(words)) return null;
  return /pass(?:word|wd)$/.test(words) ? "password" : "key";
}

function looksRandom(value: string): boolean {
  if (value.length < MIN_KEY_CHARS || /\s/.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && entropyOf(value) >= MIN_KEY_ENTROPY;
}

function addresses(text: string): readonly Suspect[] {
  if (!text.includes("://")) return [];
  return [...text.matchAll(ADDRESS)]
    .filter(([, user = "", password = "", host = ""]) => isRealPassword(user, password, host))
    .map(({ index }) => ({ start: index, what: "an address with a password" }));
}

/** The password of a database on one's own machine is the one of its documentation. */
function isRealPassword(user: string, password: string, host: string): boolean {
  // `//localhost:3001@` is a port.
  if (password === user || isPlaceholder(password) || /^\d{1,5}$/.test(password)) return false;
  return !/^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|.*\.?example\.(?:com|org|net)|.*\.test)$/.test(host);
}

function privateKeys(text: string): readonly Suspect[] {
  return [...text.matchAll(PRIVATE_KEY)].map(({ index }) => ({ start: index, what: "a private key" }));
}
