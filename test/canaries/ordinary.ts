/** Values that answers are full of and nobody minds being stored: hardly any of them may be taken for a secret. */
import { base, en, Faker } from "@faker-js/faker";

const faker = new Faker({ locale: [en, base], seed: 7 });

export const ORDINARY: Readonly<Record<string, () => string>> = {
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
