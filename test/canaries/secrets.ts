/**
 * Canaries: secrets that are made up in thousands and looked for afterwards wherever data may end. Keys in the formats that
 * others published, and cards, IBANs, addresses of mail and tokens of a library that makes such data. The same seed gives
 * the same canaries.
 */
import { base, en, Faker } from "@faker-js/faker";
import RandExp from "randexp";
import { publishedFormats } from "./formats.ts";

export interface Canary {
  readonly kind: string;
  /** As it stands in the wild: for passwords, the address they are part of. */
  readonly text: string;
  /** What must not be found. */
  readonly secret: string;
}

/** Shorter ones are found by chance in any text. */
const MIN_SECRET_CHARS = 8;

/** Formats allow up to 10,000 characters; that many times as many carriers would test memory, not redaction. */
const MAX_REPEATS = 300;

/** Numbers longer than ISO/IEC 7812 allows are not cards. */
const MAX_CARD_DIGITS = 19;

export function canaries(count: number, seed = 1): readonly Canary[] {
  const faker = new Faker({ locale: [en, base], seed });
  const makers = [...publishedFormats().map((format) => issued(format, faker)), ...personal(faker)];
  const made: Canary[] = [];
  for (let at = 0; made.length < count; at += 1) {
    const canary = makers[at % makers.length]?.();
    if (canary !== undefined && canary.secret.length >= MIN_SECRET_CHARS) made.push(canary);
  }
  return made;
}

type Maker = () => Canary | undefined;

function issued(format: RegExp, faker: Faker): Maker {
  const generator = new RandExp(generatable(format.source), format.flags.includes("i") ? "i" : "");
  generator.max = 40;
  generator.defaultRange.subtract(0, 127);
  // What an address carries without encoding (RFC 3986, 2.3).
  for (const [from, to] of [
    [48, 57],
    [65, 90],
    [97, 122],
    [45, 46],
    [95, 95],
    [126, 126],
  ] as const)
    generator.defaultRange.add(from, to);
  generator.randInt = (min, max) => faker.number.int({ min, max });
  const kind = format.source.slice(0, 40);
  return () => {
    const text = generator.gen();
    const match = new RegExp(format.source, format.flags.replace("g", "")).exec(text);
    if (match === null) return undefined;
    return { kind, text, secret: secretPart(match) };
  };
}

/** The password of an address, the body of a private key, otherwise all of it. */
function secretPart(match: RegExpExecArray): string {
  if (match.groups !== undefined && "password" in match.groups) return match.groups["password"] ?? "";
  if (match[0].includes("PRIVATE KEY")) return longestRun(match[1] ?? "");
  return /x-oauth|_authToken/.test(match[0]) ? (match[1] ?? "") : match[0];
}

function longestRun(body: string): string {
  return body.split(/[\s\\]+/).reduce((longest, run) => (run.length > longest.length ? run : longest), "");
}

/** The generator knows neither names of groups nor what stands around a match. */
function generatable(source: string): string {
  return source
    .replaceAll(/\(\?<?![^)]*\)/g, "")
    .replaceAll(/\(\?<\w+>/g, "(")
    .replaceAll("\\b", "")
    .replaceAll(/\{(\d+),(\d+)\}/g, (_, least: string, most: string) => {
      return `{${least},${Math.min(Number(most), Math.max(Number(least), MAX_REPEATS))}}`;
    });
}

function personal(faker: Faker): readonly Maker[] {
  const whole = (kind: string, make: () => string) => () => {
    const text = make();
    return { kind, text, secret: text };
  };
  return [
    whole("card", () => faker.finance.creditCardNumber().replaceAll("-", "")),
    whole("card in groups", () => faker.finance.creditCardNumber({ issuer: "visa" })),
    whole("IBAN", () => faker.finance.iban({ formatted: false })),
    whole("IBAN in groups", () => faker.finance.iban({ formatted: true })),
    whole("address of mail", () => faker.internet.email()),
    whole("JWT", () => faker.internet.jwt()),
  ].map((make) => () => {
    const canary = make();
    const isLong = canary.kind.startsWith("card") && canary.text.replaceAll(/\D/g, "").length > MAX_CARD_DIGITS;
    return isLong ? undefined : canary;
  });
}
