/**
 * A certificate for 127.0.0.1 and the key to it, made anew for every test run, because no key belongs into a repository and Node can
 * sign certificates but not write them. X.509 version 3 in DER by hand (RFC 5280, section 4.1), as little of it as TLS asks for.
 */
import { generateKeyPairSync, sign } from "node:crypto";

interface Certificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
/** Context-specific, constructed: the version, the extensions; primitive: an address among the subject's names. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const IP_ADDRESS = 0x87;

/** 1.2.840.10045.4.3.2: ECDSA with SHA-256. */
const ECDSA_SHA256 = tlv(SEQUENCE, tlv(OBJECT_ID, Buffer.from("2a8648ce3d040302", "hex")));
/** 2.5.4.3: common name. */
const COMMON_NAME = tlv(OBJECT_ID, Buffer.from("550403", "hex"));
/** 2.5.29.17: the subject's other names; clients look only there. */
const SUBJECT_ALT_NAME = tlv(OBJECT_ID, Buffer.from("551d11", "hex"));

export function makeCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = tlv(
    SEQUENCE,
    tlv(SET, tlv(SEQUENCE, COMMON_NAME, tlv(UTF8_STRING, Buffer.from("test cluster double")))),
  );
  const names = tlv(SEQUENCE, tlv(IP_ADDRESS, Buffer.from([127, 0, 0, 1])));
  const toBeSigned = tlv(
    SEQUENCE,
    tlv(VERSION, tlv(INTEGER, Buffer.from([2]))),
    tlv(INTEGER, Buffer.from([1])),
    ECDSA_SHA256,
    name,
    tlv(SEQUENCE, utcTime("200101000000Z"), utcTime("491231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(EXTENSIONS, tlv(SEQUENCE, tlv(SEQUENCE, SUBJECT_ALT_NAME, tlv(OCTET_STRING, names)))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", toBeSigned, privateKey)]);
  const der = tlv(SEQUENCE, toBeSigned, ECDSA_SHA256, tlv(BIT_STRING, signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}

function utcTime(text: string): Buffer {
  return tlv(UTC_TIME, Buffer.from(text));
}

/** Tag, length, value; lengths over 127 say first how many bytes they take. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}
