/** Names of algorithms as programs write them: `RSA-SHA256` is two, `aes-128-gcm` has a length, `ssl.PROTOCOL_TLS` is none. */

/** The algorithms that a literal names; itself where it is not known, since a table may know it. */
export function namesIn(value: string, length?: string): readonly string[] {
  const plain = value.split(".").at(-1) ?? value;
  if (plain.startsWith("PROTOCOL_")) return [];
  const signed = /^(RSA|DSA|ECDSA)[-_](?:with[-_])?(SHA.*|MD5)$/i.exec(plain);
  if (signed !== null) return [(signed[1] ?? "").toUpperCase(), signed[2] ?? ""];
  if (/^AES-(?:GCM|CBC|CTR|KW)$/i.test(plain) && length !== undefined)
    return [`${plain.slice(0, 3)}-${length}${plain.slice(3)}`];
  return [plain];
}

interface Family {
  readonly of: RegExp;
  readonly family: string;
}

/** The larger groups that a name belongs to, nearest first: a table need not list every variant. */
const FAMILIES: readonly Family[] = [
  { of: /^(?:rs|ps)(?:256|384|512)$|^rsa|^pkcs1/, family: "rsa" },
  { of: /^es(?:256|384|512|256k)$|^ecdsa|^ec$|^ecc$|^secp|^prime|^p(?:256|384|521)$|^dss$/, family: "ecdsa" },
  { of: /^ecdh/, family: "ecdh" },
  { of: /^eddsa$|^ed25519|^ed448/, family: "ed25519" },
  { of: /^x25519|^x448/, family: "x25519" },
  { of: /^dh|^diffiehellman/, family: "dh" },
  { of: /^hs(?:256|384|512)$|^hmac/, family: "hmac" },
  { of: /^aes256|^aes(?:256)?(?:gcm|cbc|ctr|kw)256/, family: "aes256" },
  { of: /^aes192/, family: "aes192" },
  { of: /^aes128/, family: "aes128" },
  { of: /^aes/, family: "aes" },
  { of: /^chacha20/, family: "chacha20poly1305" },
  { of: /^sha3|^shake/, family: "sha3" },
  { of: /^sha512/, family: "sha512" },
  { of: /^sha2?224/, family: "sha224" },
  { of: /^mlkem/, family: "mlkem" },
  { of: /^mldsa/, family: "mldsa" },
  { of: /^slhdsa/, family: "slhdsa" },
  { of: /^argon2/, family: "argon2" },
  { of: /^(?:3des|des3|desede|tripledes|desede3)/, family: "3des" },
  { of: /^des/, family: "des" },
  { of: /^(?:arc4|rc4)/, family: "rc4" },
];

/** Plain names to look up one after the other: the name itself, then its families. */
export function lookedUp(plain: string): readonly string[] {
  return [plain, ...FAMILIES.filter(({ of }) => of.test(plain)).map(({ family }) => family)];
}
