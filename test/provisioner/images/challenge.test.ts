/** What registries say about who may ask. */
import { expect, test } from "vitest";
import { readChallenge } from "../../../infra/provisioner/images/challenge.ts";

test.each([
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
    { kind: "token", realm: "https://auth.docker.io/token", service: "registry.docker.io" },
  ],
  ['bearer REALM="https://ghcr.io/token"', { kind: "token", realm: "https://ghcr.io/token", service: null }],
  ['Basic realm="x"', { kind: "basic" }],
  ["Bearer", null],
  ["Negotiate abc", null],
  ["", null],
  [`Bearer realm="${"a".repeat(5_000)}"`, null],
])("%s", (header, challenge) => {
  expect(readChallenge(header)).toEqual(challenge);
});
