/** Asking a registry, with the real client in front of a registry on this machine that speaks the real protocol. */
import { afterEach, describe, expect, test } from "vitest";
import { readImage } from "../../../infra/provisioner/images/reference.ts";
import { createRegistry, type ImageStanding } from "../../../infra/provisioner/images/registry.ts";
import { type RegistryRules, type RegistryStandIn, startRegistry } from "../../standins/registry/registry.ts";

const started: RegistryStandIn[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ stop }) => stop()));
});

async function registryWith(rules: RegistryRules = {}): Promise<RegistryStandIn> {
  const registry = await startRegistry(rules);
  started.push(registry);
  return registry;
}

const ROBOT = { username: "robot", password: "word" };

interface Question {
  readonly name: string;
  readonly as?: typeof ROBOT;
}

function ask({ host }: RegistryStandIn, { name, as }: Question): Promise<ImageStanding> {
  const image = readImage(`${host}/${name}`);
  if (!image.ok) throw new Error(`no image: ${name}`);
  const credentials = new Map(as === undefined ? [] : [[host, as]]);
  return createRegistry({ credentials, timeoutMs: 300 }).standing(image.value);
}

describe("an image that is there is known by its digest", () => {
  test.each<[string, RegistryRules]>([
    ["open to all", {}],
    ["with a token for anyone", { auth: "anonymous" }],
    ["with a token for those it knows", { auth: ROBOT }],
    ["with a password", { auth: { ...ROBOT, basic: true } }],
    ["that leaves out the digest's header", { fault: "undigested" }],
    ["with a token and without the header", { auth: ROBOT, fault: "undigested" }],
  ])("in a registry %s", async (_kind, rules) => {
    const registry = await registryWith(rules);
    const digest = registry.push("acme/web", "1");
    expect(await ask(registry, { name: "acme/web:1", as: ROBOT })).toEqual({ kind: "there", digest });
    expect(await ask(registry, { name: `acme/web@${digest}`, as: ROBOT })).toEqual({ kind: "there", digest });
    expect(await ask(registry, { name: "acme/web:2", as: ROBOT })).toEqual({ kind: "absent" });
  });
});

test("a token is asked for once, for pulling this repository alone", async () => {
  const registry = await registryWith({ auth: "anonymous" });
  registry.push("acme/web", "1");
  await ask(registry, { name: "acme/web:1" });
  expect(registry.requests).toEqual([
    "HEAD /v2/acme/web/manifests/1",
    "GET /token?service=stand-in&scope=repository%3Aacme%2Fweb%3Apull",
    "HEAD /v2/acme/web/manifests/1",
  ]);
});

describe("a registry that does not let us look", () => {
  test.each<[string, RegistryRules, typeof ROBOT | undefined, string]>([
    ["without a name", { auth: ROBOT }, undefined, "answers 401 for 127.0.0.1:"],
    ["with a wrong password", { auth: ROBOT }, { username: "robot", password: "other" }, "as robot"],
    ["with a password alone", { auth: { ...ROBOT, basic: true } }, undefined, "without credentials"],
    ["with a token that would be two headers", { auth: "anonymous", fault: "bad-token" }, undefined, "401"],
  ])("%s", async (_what, rules, as, words) => {
    const registry = await registryWith(rules);
    const standing = await ask(registry, { name: "acme/web:1", ...(as === undefined ? {} : { as }) });
    expect(standing).toEqual({ kind: "denied", words: expect.stringContaining(words) });
    expect(JSON.stringify(standing)).not.toContain("other");
  });

  test.each(["http://tokens.example/token", "ftp://127.0.0.1/token", "no address"])(
    "credentials never travel to %s",
    async (realm) => {
      const registry = await registryWith({ auth: ROBOT, realm });
      expect(await ask(registry, { name: "acme/web:1", as: ROBOT })).toMatchObject({ kind: "denied" });
      expect(registry.requests).toHaveLength(1);
    },
  );
});

describe("a registry that does not answer as it should is told with its name", () => {
  test.each<[RegistryRules["fault"] & string, string]>([
    ["silent", "no answer in time"],
    ["broken", "answers 500"],
    ["redirect", "answers 307"],
  ])("%s", async (fault, words) => {
    const registry = await registryWith({ fault });
    expect(await ask(registry, { name: "acme/web:1" })).toEqual({
      kind: "unreachable",
      words: expect.stringContaining(words),
    });
  });

  test("gone", async () => {
    const registry = await startRegistry();
    await registry.stop();
    expect(await ask(registry, { name: "web:1" })).toEqual({
      kind: "unreachable",
      words: `${registry.host} does not answer (ECONNREFUSED).`,
    });
  });
});
