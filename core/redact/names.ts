/**
 * Which names say that their value is secret. Names are read as words (`apiKey`, `api_key` and `X-Api-Key` are the
 * same two), so `tokenized_count` and `secretary` are not hit. General vocabulary only: no service's own field names.
 */

/** Word sequences, one per comma, that make a name secret wherever they stand in it. */
const SECRET_WORDS = [
  "password, passwords, passwd, pwd, passphrase, passcode, secret, secrets, token, tokens, jwt, bearer",
  "authorization, credential, credentials, session, sessionid, sid, cookie, cookies, csrf, xsrf",
  "apikey, api key, access key, secret key, private key, signing key, encryption key, auth key, signature, sig",
  "ssn, social security, tax id, passport, iban, account number, routing number",
  "card number, card no, cardnumber, credit card, creditcard, debit card, cvv, cvc, csc",
  "otp, totp, one time code, security code, verification code, recovery code",
];

/** Names that are secret only when they are the whole name: inside longer ones they mean other things. */
const SECRET_WHOLE = ["auth, card, pan, pin, pass"];

/** Last words that turn a secret name into a harmless one: how many, of which kind, until when. */
const HARMLESS_ENDINGS = [
  "count, type, expires, expiry, expiration, at, in, ttl, limit, length, policy, enabled, required",
];

const ANYWHERE = setOf(SECRET_WORDS);
const WHOLE = setOf(SECRET_WHOLE);
const HARMLESS = setOf(HARMLESS_ENDINGS);

/** The longest sequence in the tables. */
const MAX_SEQUENCE_WORDS = 3;

/** Longer names are not read word by word; nobody names a field like that, and the work stays bounded. */
const MAX_NAME_LENGTH = 200;

/** Whether a field, header, parameter or cookie of that name carries a secret. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name.slice(0, MAX_NAME_LENGTH));
  if (WHOLE.has(words.join(" "))) return true;
  if (HARMLESS.has(words.at(-1) ?? "")) return false;
  return words.some((_, start) => startsSecret(words, start));
}

function startsSecret(words: readonly string[], start: number): boolean {
  for (let count = 1; count <= MAX_SEQUENCE_WORDS && start + count <= words.length; count += 1)
    if (ANYWHERE.has(words.slice(start, start + count).join(" "))) return true;
  return false;
}

function setOf(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(", ")));
}

/** `userAPIKey2` -> user, api, key. Numbers at the end of a word only count copies. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/[0-9]+$/, ""))
    .filter((word) => word !== "");
}

/** The same question, remembered: one pair asks it for the same few names again and again. */
export function rememberingNames(): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const secret = isSecretName(name);
    known.set(name, secret);
    return secret;
  };
}
