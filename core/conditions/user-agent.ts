/** Which program asks, roughly: the family of a `User-Agent`, and a text that is of the family again. */

interface Family {
  readonly name: string;
  readonly marks: RegExp;
  readonly example: string;
}

const MOZILLA = "Mozilla/5.0";

/** In this order: each browser names those before it that it wants to be taken for. */
const FAMILIES: readonly Family[] = [
  { name: "bot", marks: /bot\b|crawl|spider|slurp/i, example: "ExampleBot/1.0 bot" },
  { name: "edge", marks: /\bEdge?\//, example: `${MOZILLA} Chrome/130.0 Safari/537.36 Edg/130.0` },
  { name: "firefox", marks: /\b(?:Firefox|FxiOS)\//, example: `${MOZILLA} Gecko/20100101 Firefox/130.0` },
  {
    name: "chrome-mobile",
    marks: /\b(?:Chrome|CriOS)\/.*Mobile|Mobile.*CriOS/,
    example: `${MOZILLA} (Linux; Android 10) Chrome/130.0 Mobile Safari/537.36`,
  },
  { name: "chrome", marks: /\bChrome\//, example: `${MOZILLA} Chrome/130.0 Safari/537.36` },
  {
    name: "safari-mobile",
    marks: /\b(?:iPhone|iPad|Mobile)\b.*Safari\//,
    example: `${MOZILLA} (iPhone) Version/18.0 Mobile Safari/604.1`,
  },
  { name: "safari", marks: /\bSafari\//, example: `${MOZILLA} Version/18.0 Safari/605.1` },
];

/** `chrome`, `safari-mobile`, `bot`; the name of the product for programs (`curl`, `okhttp`); `other`. */
export function userAgentFamily(text: string): string {
  const family = FAMILIES.find(({ marks }) => marks.test(text));
  return family?.name ?? /^([a-z][\w.-]{0,30})(?:\/|$)/i.exec(text)?.[1]?.toLowerCase() ?? "other";
}

/** A `User-Agent` of the family. */
export function userAgentOf(family: string): string {
  return FAMILIES.find(({ name }) => name === family)?.example ?? `${family}/1.0`;
}
