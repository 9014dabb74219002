/** Names of images: read in full, and held against the places that the operator lists. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageText, isAllowedImage, readImage } from "../../../infra/provisioner/images/reference.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;

function inFull(text: string): string | null {
  const read = readImage(text);
  return read.ok ? imageText(read.value) : null;
}

function allowed(text: string, registries: readonly string[]): boolean {
  const read = readImage(text);
  return read.ok && isAllowedImage(read.value, registries);
}

test.each([
  ["nginx", "docker.io/library/nginx"],
  ["nginx:1.27", "docker.io/library/nginx:1.27"],
  ["acme/web", "docker.io/acme/web"],
  ["index.docker.io/acme/web:1", "docker.io/acme/web:1"],
  ["ghcr.io/acme/web/api:0123abc", "ghcr.io/acme/web/api:0123abc"],
  ["GHCR.io/acme/web", "ghcr.io/acme/web"],
  ["localhost/web", "localhost/web"],
  ["localhost:5000/web:1", "localhost:5000/web:1"],
  ["[::1]:5000/web:1", "[::1]:5000/web:1"],
  [`web:1@${DIGEST}`, `docker.io/library/web@${DIGEST}`],
])("%s is %s", (text, full) => {
  expect(inFull(text)).toBe(full);
});

test.each([
  "",
  ":1",
  "Web",
  "a//b",
  "../etc",
  "a/../b",
  "web:",
  "web: 1",
  "web@sha256:12",
  "web@md5:00",
  "https://ghcr.io/web",
  "ghcr.io",
  "-web",
  "web\n",
  "evil.example/x@ghcr.io/y",
  "user@host.example/web:1",
  `a/${"b".repeat(600)}`,
  "ghcr.io/acme/web:{sha}",
])("%j is no image", (text) => {
  // A lone host with a dot reads as an image of Docker Hub: that is what docker makes of it too.
  expect(inFull(text)).toBe(text === "ghcr.io" ? "docker.io/library/ghcr.io" : null);
});

describe("an image is allowed by its place, in whole steps of the path", () => {
  test.each([
    ["ghcr.io/acme/web:1", ["ghcr.io/acme"], true],
    ["ghcr.io/acme/web:1", ["ghcr.io/acme/"], true],
    ["ghcr.io/acme/web:1", ["ghcr.io/acme/web"], true],
    ["ghcr.io/acme/web:1", ["ghcr.io"], true],
    ["ghcr.io/acme-corp/web:1", ["ghcr.io/acme"], false],
    ["ghcr.io.evil.example/acme/web:1", ["ghcr.io"], false],
    ["evil.example/ghcr.io/acme/web:1", ["ghcr.io/acme"], false],
    ["nginx", ["docker.io/library"], true],
    ["acme/nginx", ["docker.io/library"], false],
    ["nginx", ["index.docker.io/library"], true],
    ["ghcr.io/acme/web:1", [], false],
    ["ghcr.io/acme/web:1", ["", "/"], false],
    ["localhost:5000/web", ["localhost"], false],
  ])("%s under %j: %s", (text, registries, expected) => {
    expect(allowed(text, registries)).toBe(expected);
  });
});

test("any text is read or refused, and what is read is read again as the same", () => {
  const part = fc.constantFrom("a", "B", "ghcr.io", "-", "_", "/", ":", "@", ".", "5000", DIGEST, "{sha}", " ");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join("")),
      ),
      (text) => {
        const full = inFull(text);
        if (full !== null) expect(inFull(full)).toBe(full);
      },
    ),
    { numRuns: 500 },
  );
});
