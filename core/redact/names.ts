/**
 * Which names say that their value is secret. Names are read as words (`apiKey`, `api_key` and `X-Api-Key` are the
 * same two), so `tokenized_count` and `secretary` are not hit. General vocabulary only: no service's own field names.
 */

/** Word sequences, separated by commas, that make a name secret wherever they stand in it. */
const SECRET_WORDS = [
  "password, passwords, passwd, pwd, passphrase, passcode, secret, secrets, token, tokens, jwt, bearer, mnemonic, seed phrase",
  "authorization, credential, credentials, session, sessionid, sid, cookie, cookies, csrf, xsrf",
  "apikey, api key, access key, accesskey, secret key, private key, privatekey, signing key, encryption key, auth key",
  "account key, license key, signature, sig, ssn, social security, tax id, passport, iban, account number, routing number",
  "card number, card no, cardnumber, credit card, creditcard, debit card, cvv, cvc, csc",
  "otp, totp, one time code, security code, verification code, recovery code",
];

/** Names that are secret only when they are the whole name: inside longer ones they mean other things. */
const SECRET_WHOLE = ["auth, card, pan, pin, pass, pw"];

/** A word with such an ending is secret as well: `dbpassword`, `accesstoken`. */
const SECRET_ENDING = /(?:password|passwd|secret|token|apikey|credentials?)$/;

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
  return words.some((word, start) => SECRET_ENDING.test(word) || startsOneOf(ANYWHERE, words, start));
}

function startsOneOf(sequences: ReadonlySet<string>, words: readonly string[], start: number): boolean {
  for (let count = 1; count <= MAX_SEQUENCE_WORDS && start + count <= words.length; count += 1)
    if (sequences.has(words.slice(start, start + count).join(" "))) return true;
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

/** Names a site uses again and again; when more were seen, the book starts anew, so nobody can make it grow. */
const MAX_KNOWN_NAMES = 4096;

export interface NameFacts {
  /** The name as JSON writes it, unless it needs escapes. */
  readonly quoted: string;
  readonly secret: boolean;
  /** So short and so plain that the name itself is none. */
  readonly plain: boolean;
  /** The name that came after this one the last time: objects of a list have the same names in the same order. */
  next: NameFacts | undefined;
}

/** Names remembered by the questions that were asked about them. */
export interface NameBook {
  read(name: string): NameFacts;
}

/** Up to twelve letters, digits, spaces and the usual joints cannot be an address, a card or a key. */
const PLAIN_NAME = /^[\p{L}\p{N} _.$-]{0,12}$/u;

/** The book of the names that always hold and of the user's own, which hold wherever their words stand in a name. */
export function nameBook(own: readonly string[]): NameBook {
  const known = new Map<string, NameFacts>();
  const ownWords = new Set(own.map((name) => wordsOf(name).join(" ")).filter((words) => words !== ""));
  const judge = (name: string) => isSecretName(name) || (ownWords.size > 0 && hasOwn(name, ownWords));
  return {
    read(name) {
      const before = known.get(name);
      if (before !== undefined) return before;
      const facts = { quoted: `"${name}"`, secret: judge(name), plain: PLAIN_NAME.test(name), next: undefined };
      if (known.size >= MAX_KNOWN_NAMES) known.clear();
      if (name.length <= MAX_NAME_LENGTH) known.set(name, facts);
      return facts;
    },
  };
}

/** Padded with spaces, a sequence of words is found in a name without regard to where it starts. */
function hasOwn(name: string, ownWords: ReadonlySet<string>): boolean {
  const words = ` ${wordsOf(name.slice(0, MAX_NAME_LENGTH)).join(" ")} `;
  return Array.from(ownWords).some((own) => words.includes(` ${own} `));
}

/**
 * An expression that finds every place of a text at which a secret name may stand, and more: reading the whole name
 * decides. Words of up to four letters count only at the end of a word, or half of all prose would be looked at.
 */
export function stemsOf(own: readonly string[]): RegExp {
  const ownSequences = own.map((name) => wordsOf(name).join(" ")).filter((words) => words !== "");
  const sequences = [...ANYWHERE, ...WHOLE, "secret", "token", "credential", ...ownSequences];
  const sources = sequences.filter((one) => !sequences.some((other) => isShorterStem(other, one))).map(stem);
  return new RegExp(sources.join("|"), "gi");
}

/** `session` finds all that `sessionid` finds. */
function isShorterStem(other: string, one: string): boolean {
  return other !== one && other.length > 4 && one.startsWith(other);
}

function stem(sequence: string): string {
  const source = sequence.replaceAll(" ", "[^a-z0-9]?");
  return sequence.length > 4 || sequence.includes(" ") ? source : `${source}(?![a-z])`;
}
