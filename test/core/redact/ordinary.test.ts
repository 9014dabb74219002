import { base, en, Faker } from "@faker-js/faker";
import { expect, test } from "vitest";
import { redaction } from "./redactor.ts";

const faker = new Faker({ locale: [en, base], seed: 7 });

/** What answers are full of, and nobody minds being stored. */
const KINDS: Readonly<Record<string, () => string>> = {
  names: () => faker.person.fullName(),
  titles: () => faker.commerce.productName(),
  prices: () => faker.commerce.price(),
  uuids: () => faker.string.uuid(),
  ulids: () => faker.string.ulid(),
  "hashes of 40 digits": () => faker.git.commitSha(),
  "hashes of 64 digits": () => faker.string.hexadecimal({ length: 64, prefix: "", casing: "lower" }),
  slugs: () => faker.lorem.slug(6),
  dates: () => faker.date.recent().toISOString(),
  "ids of 10 digits": () => faker.string.numeric({ length: 10, allowLeadingZeros: false }),
  milliseconds: () => String(faker.date.recent().getTime()),
  sentences: () => faker.lorem.sentence(),
  "sentences of companies": () => faker.company.catchPhrase(),
  cities: () => faker.location.city(),
  streets: () => faker.location.streetAddress(),
  addresses: () => `https://shop.example.com/${faker.lorem.slug(3)}?page=${faker.number.int(99)}&sort=price`,
  "names of pictures": () =>
    `${faker.lorem.slug(2)}-${faker.string.hexadecimal({ length: 8, prefix: "", casing: "lower" })}@2x.png`,
  versions: () => faker.system.semver(),
  paths: () => faker.system.filePath(),
  colours: () => faker.color.rgb(),
  "article numbers": () => faker.commerce.isbn(),
  "user agents": () => faker.internet.userAgent(),
  "ids of objects": () => `prod_${faker.string.alphanumeric(14)}`,
  "opaque cursors": () => faker.string.alphanumeric(24),
  etags: () => `W/"${faker.string.alphanumeric(27)}"`,
  coordinates: () => `${faker.location.latitude()},${faker.location.longitude()}`,
};

test("at most 1 % of ordinary values are replaced, and of no kind more than 3 %", () => {
  const { text } = redaction();
  const perKind = 2_000;
  const replaced = Object.entries(KINDS).map(([kind, make]) => {
    const values = Array.from({ length: perKind }, make);
    return { kind, share: values.filter((value) => text(value) !== value).length / perKind };
  });
  expect(replaced.filter(({ share }) => share > 0.03)).toEqual([]);
  expect(replaced.reduce((sum, { share }) => sum + share, 0) / replaced.length).toBeLessThan(0.01);
});
