/** Credentials for registries, in the form docker itself keeps them in. */
import { expect, test } from "vitest";
import { credentialFor, readRegistryCredentials } from "../../../infra/provisioner/images/credentials.ts";
import { readImage } from "../../../infra/provisioner/images/reference.ts";

const encoded = (text: string) => Buffer.from(text).toString("base64");

test("names and passwords are read in both spellings, by the registry or a path in it", () => {
  const text = JSON.stringify({
    auths: {
      "ghcr.io": { auth: encoded("robot:pass:word") },
      "https://index.docker.io/v1/": { username: "robot", password: "word" },
      "GHCR.io/acme/": { auth: encoded("acme:word") },
      "https://images.example.com/v2/": { auth: encoded("versioned:word") },
      "other.example": {},
      "broken.example": { auth: "no colon" },
    },
    credsStore: "desktop",
  });
  expect(readRegistryCredentials(text)).toEqual(
    new Map([
      ["ghcr.io", { username: "robot", password: "pass:word" }],
      ["docker.io", { username: "robot", password: "word" }],
      ["ghcr.io/acme", { username: "acme", password: "word" }],
      ["images.example.com", { username: "versioned", password: "word" }],
    ]),
  );
});

test.each([
  ["ghcr.io/acme/web:1", "ghcr.io/acme"],
  ["ghcr.io/acme-corp/web:1", "ghcr.io"],
  ["ghcr.io/other/web:1", "ghcr.io"],
  ["nginx", "docker.io"],
  ["images.example.com:5000/acme/web", undefined],
  ["images.example.com.evil.example/web", undefined],
])("%s is pulled with what is said of %s: the narrowest place it lies in", (name, place) => {
  const places = ["ghcr.io", "ghcr.io/acme", "docker.io", "images.example.com"];
  const credentials = new Map(places.map((key) => [key, { username: "robot", password: key }]));
  const image = readImage(name);
  const found = image.ok ? credentialFor(credentials, image.value) : null;
  expect(found?.place).toBe(place);
  expect(found?.credential.password).toBe(place);
});

test.each(["", "no JSON", "[]", '{"auths": 7}', '{"auths": {"ghcr.io": {"auth": 7}}}'])(
  "%j is something else",
  (text) => {
    expect(readRegistryCredentials(text)).toBeNull();
  },
);
