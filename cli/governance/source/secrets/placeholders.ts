/** Which values under a secret name are none: what stands for a value that comes from elsewhere, and what only looks like one. */

/** References to where the value really is: `${TOKEN}`, `{{ token }}`, `<token>`, `process.env.TOKEN`, `secret:NAME`, `op://…`. */
const REFERENCE =
  /\$\{|\{\{|\$\(|^\$[A-Za-z_]|^%[A-Za-z_(]|^<.*>$|^\{[\w.-]+\}$|^\[.*\]$|process\.env|os\.environ|getenv|^ENV\b|secrets\.|^(?:secret|env|vault|ssm|file|arn|op|ref|sm|keyring|https?):|^\.{0,2}\/|^@/i;

/** Words that people put where a secret goes. */
const STAND_IN =
  /change.?me|example|sample|placeholder|dummy|fake|mock|your[-_. ]|^your|x{4,}|\*{3,}|\.{3}|…|todo|fixme|insert|replace|redacted|^none$|^null$|not.?a.?(?:real|secret|key)|test|^local|^dev(?:elopment)?\b|^(?:foo|bar|baz|abc|asdf|qwerty)|^0+$|secret.?here|goes.?here|^12345/i;

/** Fingerprints: UUIDs and hashes with the name of their algorithm. */
const FINGERPRINT = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|^(?:sha(?:1|256|384|512)|md5)[-:=]/i;

/** Words of letters alone: `refresh_token`, `Authorization`, `current-password`, `user.password`. A name, a label or a message. */
const WORDS = /^[\p{L}]+(?:[-_.:/ ]+[\p{L}]+)*[.:!?…]?$/u;

export function isPlaceholder(value: string): boolean {
  return (
    REFERENCE.test(value) ||
    STAND_IN.test(value) ||
    FINGERPRINT.test(value) ||
    WORDS.test(value) ||
    isOneCharacter(value)
  );
}

function isOneCharacter(value: string): boolean {
  return new Set(value).size <= 2;
}

/** Bits for each character (Shannon): 1 for `abab`, about 4 for random hexadecimal, 5 and more for random base64 of some length. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const { length } = value;
  return [...counts.values()].reduce((sum, count) => sum - (count / length) * Math.log2(count / length), 0);
}
