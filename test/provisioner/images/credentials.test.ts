/** Credentials for registries, in the form docker itself keeps them in. */
import { expect, test } from "vitest";
import { readRegistryCredentials } from "../../../infra/provisioner/images/credentials.ts";

const encoded = (text: string) => Buffer.from(text).toString("base64");

test("names and passwords are read in both spellings, by the registry's host", () => {
  const text = JSON.stringify({
    auths: {
      "ghcr.io": { auth: encoded("robot:pass:word") },
      "https://index.docker.io/v1/": { username: "robot", password: "word" },
      "other.example": {},
      "broken.example": { auth: "no colon" },
    },
    credsStore: "desktop",
  });
  expect(readRegistryCredentials(text)).toEqual(
    new Map([
      ["ghcr.io", { username: "robot", password: "pass:word" }],
      ["docker.io", { username: "robot", password: "word" }],
    ]),
  );
});

test.each(["", "no JSON", "[]", '{"auths": 7}', '{"auths": {"ghcr.io": {"auth": 7}}}'])(
  "%j is something else",
  (text) => {
    expect(readRegistryCredentials(text)).toBeNull();
  },
);
