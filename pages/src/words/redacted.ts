/** The tokens that stand where a secret stood, `redacted:<type>:<length class>:<key id>:<hash>`, and how people read them. */

/** Also percent-encoded, as in a query string. Groups: type, length class, hash. */
const TOKEN = /redacted(?::|%3A)(\w+)(?::|%3A)([\d-]+(?:\+|%2B)?)(?::|%3A)[\w-]+(?::|%3A)([\w-]+)/gi;

/** Characters of a token's hash that are shown: enough to see at a glance whether two secrets were equal. */
const HASH_CHARS = 6;

/** The text with every token replaced by `name`. */
export function withoutTokens(text: string, name: string): string {
  return text.replaceAll(TOKEN, name);
}

/** The text with every token written as `⟨redacted string, 9-16 characters, 0a1b2c⟩`. */
export function readableTokens(text: string): string {
  return text.replaceAll(TOKEN, (...[, type, length, hash]: readonly string[]) => {
    const characters = length?.replace("%2B", "+");
    return `⟨redacted ${type}, ${characters} characters, ${hash?.slice(0, HASH_CHARS)}⟩`;
  });
}
