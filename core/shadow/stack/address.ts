/** Numeric addresses of the network: whether a text is one, and whether pods may ever be let out to it. */

/** Never opened: this machine, its link (where clouds serve credentials to whoever asks), groups of many. RFC 6890. */
const CLOSED_V4: readonly { readonly from: number; readonly bits: number }[] = [
  { from: v4(0, 0), bits: 8 },
  { from: v4(127, 0), bits: 8 },
  { from: v4(169, 254), bits: 16 },
  // Where further clouds serve credentials: 192.0.0.192 and 100.100.100.200.
  { from: v4(192, 0), bits: 24 },
  { from: v4(100, 100) + 25_800, bits: 32 },
  { from: v4(224, 0), bits: 3 },
];

const GROUPS = 8;

/**
 * Loopback and IPv4 in disguise (`::/8`, `64:ff9b::/32`, `2002::/16`, `2001::/32`), link, old local networks, groups, and the addresses
 * under which clouds serve credentials. As prefixes of the address in full: RFC 6890, RFC 8215.
 */
const CLOSED_V6 =
  /^(?:00|0064:ff9b:|2002:|2001:0000:|fe[89a-f]|ff|fd00:0ec2:(?:0000:){5}0254$|fd20:00ce:(?:0000:){5}0254$)/;

export function isIpv4(text: string): boolean {
  return numberOf(text) !== null;
}

/** Without a zone and without IPv4 inside. */
export function isIpv6(text: string): boolean {
  const halves = text.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length < GROUPS : groups.length === GROUPS;
}

/** Whether two addresses are one, however they are spelled. */
export function isSameAddress(one: string, other: string): boolean {
  if (isIpv6(one) && isIpv6(other)) return fullIpv6(one) === fullIpv6(other);
  return one === other;
}

/** All eight groups of four digits: an address has many spellings, and only this one is compared. */
function fullIpv6(text: string): string {
  const [before = [], after = []] = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const gap = Array.from({ length: GROUPS - before.length - after.length }, () => "0");
  return [...before, ...gap, ...after].map((group) => group.toLowerCase().padStart(4, "0")).join(":");
}

export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** Whether no stack is ever let out to it, whatever its configuration says. */
export function isClosed(address: string): boolean {
  const number = numberOf(address);
  if (number === null) return !isIpv6(address) || CLOSED_V6.test(fullIpv6(address));
  return CLOSED_V4.some(({ from, bits }) => number >>> (32 - bits) === from >>> (32 - bits));
}

function v4(first: number, second: number): number {
  return ((first << 24) | (second << 16)) >>> 0;
}

function numberOf(text: string): number | null {
  if (!/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text)) return null;
  const bytes = text.split(".").map(Number);
  return bytes.every((byte) => byte < 256) ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : null;
}
