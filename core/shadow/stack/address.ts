/** Numeric addresses of the network: whether a text is one, and whether pods may ever be let out to it. */

/** Never opened: this machine, its link (where clouds serve credentials to whoever asks), groups of many. RFC 6890. */
const CLOSED_V4: readonly { readonly from: number; readonly bits: number }[] = [
  { from: v4(0, 0), bits: 8 },
  { from: v4(127, 0), bits: 8 },
  { from: v4(169, 254), bits: 16 },
  { from: v4(224, 0), bits: 3 },
];

/** Loopback, link, groups, IPv4 in disguise, and the address under which one cloud serves credentials over IPv6. */
const CLOSED_V6 = /^(?:::|::1|::ffff:.*|fe[89ab][0-9a-f]:.*|ff[0-9a-f]{2}:.*|64:ff9b:.*|fd00:ec2::254)$/i;

const GROUPS = 8;

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

export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** Whether no stack is ever let out to it, whatever its configuration says. */
export function isClosed(address: string): boolean {
  const number = numberOf(address);
  if (number === null) return CLOSED_V6.test(address) || !isIpv6(address);
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
