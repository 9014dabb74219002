/**
 * Which calls use which algorithms, in TypeScript, JavaScript and Python. Each row names callees and how the algorithm is told: by the callee
 * itself, or by a literal argument. Names alone; whether they are allowed is the table's to say.
 */
import { isNamed } from "../callees.ts";
import type { CallFact } from "../source.ts";
import { namesIn } from "./names.ts";

interface CallRow {
  /** The callee, or its end where it begins with a dot; `*` stands for one name. */
  readonly callee: RegExp;
  /** Algorithms that the call uses whatever its arguments are; `$1` is the first group of the callee. */
  readonly always?: readonly string[];
  /** Places of positional arguments that name an algorithm. */
  readonly args?: readonly number[];
  /** Names of arguments, or members of an object, that name one. */
  readonly named?: readonly string[];
  /** Methods whose name many things have count only where they were imported, or are called on `crypto`. */
  readonly anywhere?: boolean;
}

const NODE: readonly CallRow[] = [
  { callee: /^crypto\.(?:createHash|hash)$/, args: [0] },
  { callee: /^crypto\.createHmac$/, always: ["HMAC"], args: [0] },
  { callee: /^crypto\.(?:createSign|createVerify)$/, always: ["classical signature"], args: [0] },
  { callee: /^crypto\.(?:sign|verify)$/, args: [0] },
  { callee: /^crypto\.generateKeyPair(?:Sync)?$/, args: [0], named: ["namedCurve"] },
  { callee: /^crypto\.(?:createDiffieHellman|createDiffieHellmanGroup|getDiffieHellman)$/, always: ["DH"] },
  { callee: /^crypto\.(?:createECDH|diffieHellman|ECDH)$/, always: ["ECDH"] },
  { callee: /^crypto\.(?:publicEncrypt|privateDecrypt|privateEncrypt|publicDecrypt)$/, always: ["RSA"] },
  { callee: /^crypto\.create(?:Cipher|Decipher)(?:iv)?$/, args: [0] },
  { callee: /^crypto\.pbkdf2(?:Sync)?$/, always: ["PBKDF2"], args: [4] },
  { callee: /^crypto\.hkdf(?:Sync)?$/, always: ["HKDF"], args: [0] },
  { callee: /^crypto\.scrypt(?:Sync)?$/, always: ["scrypt"] },
  { callee: /^crypto\.argon2(?:Sync)?$/, always: ["Argon2"] },
  { callee: /(?:^|\.)subtle\.digest$/, args: [0], named: ["name"], anywhere: true },
  {
    callee: /(?:^|\.)subtle\.(?:sign|verify|encrypt|decrypt|generateKey|deriveKey|deriveBits)$/,
    args: [0],
    named: ["name", "hash", "namedCurve"],
    anywhere: true,
  },
  { callee: /(?:^|\.)subtle\.importKey$/, args: [2], named: ["name", "hash", "namedCurve"], anywhere: true },
  { callee: /(?:^|\.)subtle\.wrapKey$/, args: [3], named: ["name", "hash", "namedCurve"], anywhere: true },
  { callee: /(?:^|\.)subtle\.unwrapKey$/, args: [3, 4], named: ["name", "hash", "namedCurve"], anywhere: true },
  { callee: /^(?:bcrypt|bcryptjs)\.(?:hash|hashSync|compare|compareSync|hashpw|checkpw)$/, always: ["bcrypt"] },
  { callee: /^argon2\.(?:hash|verify|PasswordHasher)$/, always: ["Argon2"] },
  { callee: /^(?:md5|blueimp-md5|js-md5|spark-md5)(?:\.md5|\.hash)?$/, always: ["MD5"] },
  { callee: /^(?:js-sha1|sha1)(?:\.sha1)?$/, always: ["SHA-1"] },
  {
    callee:
      /^crypto-js(?:\.|\/)(?:algo\.)?(?:Hmac)?(MD5|SHA1|SHA256|SHA384|SHA512|AES|DES|TripleDES|RC4|Rabbit|PBKDF2)/,
    always: ["$1"],
  },
  { callee: /^(?:node-rsa|jsencrypt|ursa)(?:\.\w+)?$/, always: ["RSA"] },
  { callee: /^node-forge\.(?:pki\.)?rsa\./, always: ["RSA"] },
  { callee: /^node-forge\.md\.(\w+)\.create$/, always: ["$1"] },
  { callee: /^elliptic\.(?:ec|EC)$/, always: ["ECDSA"] },
  { callee: /^(?:elliptic\.eddsa|@noble\/ed25519\.\w+|tweetnacl\.sign.*)$/, always: ["Ed25519"] },
  { callee: /^(?:@noble\/secp256k1|secp256k1|@bitcoinerlab\/secp256k1)\./, always: ["secp256k1"] },
  { callee: /^tweetnacl\.box/, always: ["X25519"] },
  { callee: /^@noble\/curves\/[\w.-]+?\.(secp256k1|ed25519|ed448|x25519|x448|p256|p384|p521)\./, always: ["$1"] },
];

const PYTHON: readonly CallRow[] = [
  { callee: /^hashlib\.(md5|sha1|sha224|sha256|sha384|sha512|sha3_\d+|blake2[bs]|shake_\d+)$/, always: ["$1"] },
  { callee: /^hashlib\.(?:new|file_digest)$/, args: [0, 1], named: ["name"] },
  { callee: /^hashlib\.pbkdf2_hmac$/, always: ["PBKDF2"], args: [0], named: ["hash_name"] },
  { callee: /^hashlib\.scrypt$/, always: ["scrypt"] },
  { callee: /^hmac\.(?:new|digest|HMAC)$/, always: ["HMAC"], args: [2], named: ["digestmod", "digest"] },
  {
    callee: /^cryptography\.hazmat\.primitives\.asymmetric\.(rsa|dsa|ed25519|ed448|x25519|x448|dh|mldsa|mlkem)\./,
    always: ["$1"],
  },
  { callee: /^cryptography\.hazmat\.primitives\.asymmetric\.ec\.(?!EC[A-Z]+$)/, always: ["ECDSA"] },
  { callee: /^cryptography\.hazmat\.primitives\.asymmetric\.ec\.(ECDSA|ECDH)$/, always: ["$1"] },
  { callee: /^cryptography\.hazmat\.primitives\.hashes\.([A-Z]\w+)$/, always: ["$1"] },
  { callee: /^cryptography\.hazmat\.primitives\.(?:ciphers|decrepit\.ciphers)\.algorithms\.(\w+)$/, always: ["$1"] },
  {
    callee:
      /^cryptography\.hazmat\.primitives\.ciphers\.aead\.(AESGCM|AESCCM|AESSIV|AESOCB3|AESGCMSIV|ChaCha20Poly1305)(?:\.generate_key)?$/,
    always: ["$1"],
  },
  { callee: /^cryptography\.hazmat\.primitives\.kdf\.(hkdf|pbkdf2|scrypt|argon2)\.\w+$/, always: ["$1"] },
  { callee: /^cryptography\.hazmat\.primitives\.hmac\.HMAC$/, always: ["HMAC"] },
  { callee: /^cryptography\.fernet\.(?:Multi)?Fernet$/, always: ["Fernet"] },
  { callee: /^(?:Crypto|Cryptodome)\.PublicKey\.(RSA|DSA|ECC|ElGamal)\./, always: ["$1"] },
  { callee: /^(?:Crypto|Cryptodome)\.Hash\.(?!HMAC)(\w+)\.new$/, always: ["$1"] },
  { callee: /^(?:Crypto|Cryptodome)\.Hash\.HMAC\.new$/, always: ["HMAC"] },
  { callee: /^(?:Crypto|Cryptodome)\.Cipher\.(?!PKCS)(\w+)\.new$/, always: ["$1"] },
  { callee: /^(?:Crypto|Cryptodome)\.(?:Cipher|Signature)\.(?:PKCS1|pkcs1|pss|PKCS115)\w*\.new$/, always: ["RSA"] },
  { callee: /^(?:Crypto|Cryptodome)\.Signature\.(DSS|eddsa)\.new$/, always: ["$1"] },
  { callee: /^paramiko\.(?:\w+\.)?RSAKey/, always: ["RSA"] },
  { callee: /^paramiko\.(?:\w+\.)?DSSKey/, always: ["DSA"] },
  { callee: /^paramiko\.(?:\w+\.)?ECDSAKey/, always: ["ECDSA"] },
  { callee: /^paramiko\.(?:\w+\.)?Ed25519Key/, always: ["Ed25519"] },
  { callee: /^rsa\.(?:newkeys|encrypt|decrypt|sign|verify)$/, always: ["RSA"] },
  { callee: /^ecdsa\.(?:\w+\.)?(?:SigningKey|VerifyingKey)/, always: ["ECDSA"] },
  { callee: /^nacl\.signing\./, always: ["Ed25519"] },
  { callee: /^nacl\.public\./, always: ["X25519"] },
  { callee: /^ssl\.(?:SSLContext|wrap_socket)$/, args: [0], named: ["ssl_version"] },
];

const ROWS = [...NODE, ...PYTHON];

/** JSON Web Algorithms (RFC 7518, RFC 8037, RFC 9864): so peculiar that an argument which is called so says it, whatever the library. */
const JOSE =
  /^(?:(?:RS|PS|ES|HS)(?:256|384|512)|ES256K|EdDSA|Ed25519|Ed448|RSA1_5|RSA-OAEP(?:-(?:256|384|512))?|ECDH-ES(?:\+A\d{3}KW)?|ML-DSA-\d+)$/;
const JOSE_NAMES = /^(?:alg|algs|algorithm|algorithms)=/;
const JOSE_CALLEES = /(?:^|\.)(?:jwt|jws|jwe|jose|jsonwebtoken|authlib\.jose)\.\w+(?:\.\w+)*$/;

/** Versions of TLS below 1.2, in the options of any call. */
const OLD_TLS =
  /^(?:minVersion|maxVersion|secureProtocol|ssl_version|minimum_version)=.*?(?:TLSv1(?:[._]1)?(?:_method)?|SSLv[23](?:_method)?)$/;

/** A checksum that says of itself that nothing secret hangs on it. */
const NO_SECURITY = "usedforsecurity=False";

/** A word of every call that one of these finds: a text without any uses no algorithm that is known here. */
export const MAY_USE =
  /crypt|subtle|argon2|md5|sha-?1|(?:^|[^a-z])rsa|ursa|forge|elliptic|noble|secp256|nacl|hashlib|hmac|paramiko|dsa|ssl|tls|[RPEH]S(?:256|384|512)|ed(?:25519|448)|ecdh|ml-dsa/i;

/** The names of algorithms that a call uses, as written; none for every other call. */
export function algorithmsOf(call: CallFact): readonly string[] {
  if (call.args.includes(NO_SECURITY)) return [];
  const found = ROWS.filter((row) => uses(row, call)).flatMap((row) => algorithmsBy(row, call));
  return [...new Set([...found, ...joseOf(call), ...oldTls(call)])];
}

function uses({ callee, anywhere }: CallRow, call: CallFact): boolean {
  const isGlobal = call.callee.startsWith("crypto.") || call.callee.startsWith("globalThis.crypto.");
  return callee.test(call.callee) && (anywhere === true || call.imported || isGlobal);
}

function algorithmsBy({ callee, always = [], args = [], named = [] }: CallRow, call: CallFact): readonly string[] {
  const group = callee.exec(call.callee)?.[1] ?? "";
  const values = [
    ...args.map((at) => call.args[at] ?? null).filter((value) => value !== null && !/^\w+=/.test(value)),
    ...named.flatMap((name) => valuesNamed(call, name)),
  ];
  const length = valuesNamed(call, "length")[0];
  const written = values.flatMap((value) => (value === null ? [] : namesIn(value, length)));
  // What a signature is made with is in its key; `RSA-SHA256` says it as well.
  const fixed = always.filter((name) => name !== "classical signature" || !written.includes("RSA"));
  return [...fixed.map((name) => name.replace("$1", group)), ...written];
}

function valuesNamed({ args }: CallFact, name: string): readonly string[] {
  return args.flatMap((arg) => (arg?.startsWith(`${name}=`) === true ? [arg.slice(name.length + 1)] : []));
}

function joseOf({ callee, args }: CallFact): readonly string[] {
  return args.flatMap((arg) => {
    if (arg === null) return [];
    const value = arg.replace(JOSE_NAMES, "");
    return JOSE.test(value) && (value !== arg || JOSE_CALLEES.test(callee) || isNamed(callee, "setProtectedHeader"))
      ? [value]
      : [];
  });
}

function oldTls({ args, callee }: CallFact): readonly string[] {
  const isOld = args.some(
    (arg) =>
      arg !== null &&
      (OLD_TLS.test(arg) || (callee.startsWith("ssl.") && /^ssl\.PROTOCOL_(?:TLSv1(?:_1)?|SSLv\w+)$/.test(arg))),
  );
  return isOld ? ["TLS 1.0"] : [];
}
