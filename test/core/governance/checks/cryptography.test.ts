/** Algorithms in calls against a table: found in code, not in words. */
import { describe, expect, test } from "vitest";
import { cryptography } from "../../../../core/governance/checks/cryptography.ts";
import { algorithmTable } from "../../../../core/governance/cryptography/table.ts";
import { type Files, hitsOf, sourceInput } from "./source-input.ts";

const TABLE = `# Table
| Algorithm | Where used | Status | Reason | Replaced by |
|---|---|---|---|---|
| RS256 | \`auth/**\` | exception | prescribed | |
| SHA-256, SHA-512, HMAC, HKDF, AES-256, ML-KEM, ML-DSA | | allowed | | |
| RSA, ECDSA, Ed25519, X25519, DH, ECDH, DSA | | forbidden | | ML-DSA |
| MD5, SHA-1, AES-128 | | forbidden | | SHA-256 |
`;
const given = {
  run: cryptography,
  check: { kind: "cryptography", table: "docs/cryptography.md" },
  others: { "docs/cryptography.md": TABLE },
} as const;
const used = async (path: string, text: string) =>
  (await hitsOf({ [path]: text }, given)).map(({ subject }) => subject);

describe("is reported", () => {
  test.each([
    ["a.ts", 'import { createHash } from "node:crypto"; createHash("md5");', ["md5"]],
    ["a.ts", 'import crypto from "crypto"; crypto.createHash("sha1");', ["sha1"]],
    ["a.ts", 'import * as c from "node:crypto"; const ALG = "md5"; c.createHash(ALG);', ["md5"]],
    [
      "a.ts",
      'import { generateKeyPairSync as g } from "node:crypto"; g("ec", { namedCurve: "secp256k1" });',
      ["ec", "secp256k1"],
    ],
    ["a.ts", 'const { createSign } = require("crypto"); createSign("RSA-SHA256");', ["RSA"]],
    ["a.ts", 'import { createSign } from "node:crypto"; createSign("SHA256");', ["classical signature"]],
    [
      "a.ts",
      'await crypto.subtle.generateKey({ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, true, ["sign"]);',
      ["RSASSA-PKCS1-v1_5"],
    ],
    ["a.ts", 'await crypto.subtle.digest({ name: "SHA-1" }, data);', ["SHA-1"]],
    ["a.ts", 'await subtle.generateKey({ name: "AES-GCM", length: 128 }, true, ["encrypt"]);', ["AES-128-GCM"]],
    ["a.ts", 'import { SignJWT } from "jose"; new SignJWT({}).setProtectedHeader({ alg: "ES256" });', ["ES256"]],
    ["a.ts", 'import { jwtVerify } from "jose"; jwtVerify(t, k, { algorithms: ["RS256", "HS256"] });', ["RS256"]],
    ["a.ts", 'import jwt from "jsonwebtoken"; jwt.sign({}, k, { algorithm: "RS512" });', ["RS512"]],
    ["a.py", "import hashlib\nhashlib.md5(b'x')", ["md5"]],
    ["a.py", "from hashlib import new\nnew('sha1')", ["sha1"]],
    [
      "a.py",
      "from cryptography.hazmat.primitives.asymmetric import rsa\nrsa.generate_private_key(65537, 4096)",
      ["rsa"],
    ],
    ["a.py", "from Crypto.PublicKey import RSA\nRSA.generate(4096)", ["RSA"]],
    ["a.py", "import paramiko\nparamiko.Ed25519Key.from_private_key_file(p)", ["Ed25519"]],
    ["a.py", "import jwt\njwt.encode({}, key, algorithm='RS256')", ["RS256"]],
    ["a.py", "import jwt\njwt.encode({}, key, 'ES256')", ["ES256"]],
    ["a.py", "import hashlib\nhashlib.new('whirlpool')", ["whirlpool"]],
    ["a.py", "import ssl\nssl.SSLContext(ssl.PROTOCOL_TLSv1)", ["TLS 1.0"]],
  ])("%s: %s", async (path, text, expected) => {
    expect(await used(path, text)).toEqual(expected);
  });
});

describe("is not", () => {
  test.each([
    ["a.ts", '// createHash("md5")\nconst label = "RSA"; const algorithm = "RS256"; show("md5", { name: "RSA" });'],
    [
      "a.ts",
      'import { createHash, createHmac, hkdfSync } from "node:crypto"; createHash("sha256"); createHmac("sha512", k); hkdfSync("sha256", a, b, c, 32);',
    ],
    [
      "a.ts",
      'import { createCipheriv, generateKeyPairSync } from "node:crypto"; createCipheriv("aes-256-gcm", k, n); generateKeyPairSync("ml-kem-768");',
    ],
    ["a.ts", 'await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);'],
    ["a.ts", 'await crypto.subtle.digest("SHA-256", data);'],
    ["a.ts", 'function createHash(name) {} createHash("md5");'],
    ["auth/a.ts", 'import { jwtVerify } from "jose"; jwtVerify(t, k, { algorithms: ["RS256"] });'],
    ["a.py", '"""hashlib.md5"""\nimport hashlib\nhashlib.sha256(b"x")\nNAME = "md5"'],
    ["a.py", "import hashlib\nhashlib.md5(b'x', usedforsecurity=False)"],
    ["a.py", "import hmac, hashlib\nhmac.new(key, b'x', hashlib.sha256)"],
    ["a.py", "import ssl\nssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)"],
  ])("%s: %s", async (path, text) => {
    expect(await used(path, text)).toEqual([]);
  });
});

test("an exception holds in its files alone, and the message says so", async () => {
  const [hit] = await hitsOf(
    { "b.ts": 'import jwt from "jsonwebtoken"; jwt.sign({}, k, { algorithm: "RS256" });' },
    given,
  );
  expect(hit?.message).toContain("exception that does not hold here");
});

test("without the table, or with one that has no such columns, it is not judged", async () => {
  const files = { "a.py": "import hashlib\nhashlib.md5(b'x')" };
  const tables: readonly Files[] = [{}, { "docs/cryptography.md": "| Name | Allowed |\n|---|---|\n| MD5 | no |" }];
  for (const others of tables)
    expect(await cryptography(sourceInput(files, { ...given, others }))).toMatchObject({
      notJudged: expect.stringContaining("docs/cryptography.md"),
    });
});

test("a table is read with several names in a row, code marks and a bar in a cell", () => {
  const table = algorithmTable(
    "| Status | Algorithm |\n|:-:|---|\n| Allowed, always | `SHA-256`, **AES 256** |\n| forbidden | A\\|B |",
  );
  expect([...table].map(([name, rows]) => [name, rows[0]?.state])).toEqual([
    ["sha256", "allowed"],
    ["aes256", "allowed"],
    ["ab", "forbidden"],
  ]);
});
