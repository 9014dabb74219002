/** Templates of images: always the commit's own, and nothing in them that is not known. */
import { expect, test } from "vitest";
import { fillTemplate } from "../../../infra/provisioner/images/template.ts";

const VALUES = { sha: "0123456789abcdef0123456789abcdef01234567", pr: 12, service: "web" };

test.each([
  ["ghcr.io/acme/{service}:{sha}", "ghcr.io/acme/web:0123456789abcdef0123456789abcdef01234567"],
  ["ghcr.io/acme/web:pr-{pr}-{short_sha}", "ghcr.io/acme/web:pr-12-0123456"],
  ["r/{sha}/{sha}", `r/${VALUES.sha}/${VALUES.sha}`],
])("%s", (template, filled) => {
  expect(fillTemplate(template, VALUES)).toEqual({ ok: true, value: filled });
});

test("without the commit it could be any other commit's image", () => {
  expect(fillTemplate("ghcr.io/acme/web:latest", VALUES)).toEqual({ ok: false, reason: "template-without-sha" });
  expect(fillTemplate("ghcr.io/acme/web:pr-{pr}", VALUES)).toEqual({ ok: false, reason: "template-without-sha" });
});

test.each(["{branch}", "{}", "{SHA}", "{__proto__}", "{constructor}"])("%s is not known", (placeholder) => {
  expect(fillTemplate(`web:{sha}-${placeholder}`, VALUES)).toEqual({
    ok: false,
    reason: "template-unknown",
    detail: placeholder,
  });
});

test("a commit that belongs to no pull request has no number", () => {
  expect(fillTemplate("web:{sha}-{pr}", { ...VALUES, pr: null })).toEqual({ ok: false, reason: "template-pr" });
});
