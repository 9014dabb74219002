/** What a stack's images are pulled with, out of everything the operator has. */
import { expect, test } from "vitest";
import { readRegistryCredentials } from "../../../infra/provisioner/images/credentials.ts";
import { pullConfigOf } from "../../../infra/provisioner/images/pull-config.ts";

const CREDENTIALS = new Map(
  ["ghcr.io", "ghcr.io/acme", "docker.io", "registry.example.com:5000"].map((place) => [
    place,
    { username: "robot", password: `of:${place}` },
  ]),
);

function placesOf(images: readonly string[]): readonly string[] {
  return Object.keys(JSON.parse(pullConfigOf(CREDENTIALS, images) ?? '{"auths": {}}').auths);
}

test("each image brings the narrowest place it lies in, once", () => {
  expect(placesOf(["ghcr.io/acme/web:1", "ghcr.io/acme/db:1"])).toEqual(["ghcr.io/acme"]);
  expect(placesOf(["ghcr.io/other/web:1"])).toEqual(["ghcr.io"]);
  expect(placesOf(["registry.example.com:5000/web:1", "ghcr.io/acme/web:1"])).toEqual([
    "ghcr.io/acme",
    "registry.example.com:5000",
  ]);
});

test("an image of a registry without credentials, or one that is no image, brings none", () => {
  expect(pullConfigOf(CREDENTIALS, ["quay.io/acme/web:1", "registry.example.com/web:1", "not an image"])).toBeNull();
  expect(pullConfigOf(CREDENTIALS, [])).toBeNull();
  expect(pullConfigOf(new Map(), ["ghcr.io/acme/web:1"])).toBeNull();
});

test("Docker Hub stands under the name that the kubelet looks for", () => {
  expect(placesOf(["nginx:1", "docker.io/acme/web:1"])).toEqual(["https://index.docker.io/v1/"]);
});

test("the order of images changes nothing, so nothing is sent anew", () => {
  const images = ["ghcr.io/acme/web:1", "nginx", "registry.example.com:5000/web:1"];
  expect(pullConfigOf(CREDENTIALS, images.toReversed())).toBe(pullConfigOf(CREDENTIALS, images));
});

test("what is written is read back as the same credentials", () => {
  const text = pullConfigOf(CREDENTIALS, ["ghcr.io/acme/web:1", "nginx"]);
  expect(readRegistryCredentials(text ?? "")).toEqual(
    new Map([...CREDENTIALS].filter(([place]) => place === "ghcr.io/acme" || place === "docker.io")),
  );
});
