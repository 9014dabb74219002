/**
 * What a driver says of a stack, without the secrets the stack was given: it ends in a public commit status and in the report, and the
 * code under review decides what its logs and last words are.
 */
import type { Driver, StackStanding } from "../drivers/driver.ts";
import type { RepositorySettings } from "../settings/operator.ts";

const HIDDEN = "[hidden]";

/** Shorter values would tear ordinary words apart, and are no secrets. */
const MIN_CHARS = 6;

/** The same driver, which keeps to itself what the operator gives a repository. */
export function discreet(
  driver: Driver,
  repositories: ReadonlyMap<number, Pick<RepositorySettings, "secrets">>,
): Driver {
  return {
    ...driver,
    ensure: async (spec, signal) => {
      const { secrets = {} } = repositories.get(spec.identity.repoId) ?? {};
      return withoutSecrets(await driver.ensure(spec, signal), Object.values(secrets));
    },
  };
}

/** `secrets`: the values the operator gives the repository. */
export function withoutSecrets(standing: StackStanding, secrets: readonly string[]): StackStanding {
  const spelled = [...new Set(secrets.flatMap(spellings))].toSorted((a, b) => b.length - a.length);
  if (spelled.length === 0) return standing;
  const clean = (text: string) => spelled.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
  const services = standing.services.map((service) => ({
    ...service,
    reason: service.reason === null ? null : clean(service.reason),
  }));
  if (standing.state === "progressing") return { ...standing, services, words: clean(standing.words) };
  if (standing.state !== "failed") return { ...standing, services };
  const log = standing.log === null ? null : clean(standing.log);
  return { ...standing, services, words: clean(standing.words), log };
}

/** As it is, as programs print it (in JSON, in an address), each line of a key, and the password inside an address. */
function spellings(value: string): readonly string[] {
  const password = URL.parse(value)?.password ?? "";
  const parts = [value, ...value.split(/\r?\n/), password, decoded(password)];
  return parts
    .flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part.toWellFormed())])
    .flatMap((text) => [text, Buffer.from(text).toString("base64")])
    .filter((text) => text.length >= MIN_CHARS);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
