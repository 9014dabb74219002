/** The command, read by a real shell. */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FailingRequest, minimalCurl } from "../../../core/conditions/curl.ts";
import type { Predicate } from "../../../core/conditions/predicate.ts";

const ENVIRONMENT = { SHADOW_URL: "https://shadow", TOKEN: "the token", SECRET: "one", SECRET_2: "two" };

/** Follows the arguments of each command. No test sends it. */
const END = "the-end-of-one";

/** The arguments that a shell gives to curl, for each of some commands. */
function argumentsOf(...commands: readonly string[]): readonly (readonly string[])[] {
  const script = `curl() { printf '%s\\0' "$@"; printf '%s\\0' ${END}; }\n${commands.join("\n")}\n`;
  const input = Buffer.from(script);
  const printed = execFileSync("sh", { input, env: ENVIRONMENT, encoding: "utf8" });
  const all = printed.split("\0").slice(0, -1);
  return commands.map((_, n) => {
    const ends = all.flatMap((each, at) => (each === END ? [at] : []));
    return all.slice(n === 0 ? 0 : (ends[n - 1] ?? 0) + 1, ends[n]);
  });
}

function request(values: Partial<FailingRequest>): FailingRequest {
  return { method: "GET", path: "/", features: [], body: null, ...values };
}

const LANGUAGE: Predicate = [{ test: "is", source: "header", key: "accept-language", value: "de" }];
const KEY_ONE = "redacted:string:9-16:k1:abc";
const KEY_TWO = "redacted%3Astring%3A1025%2B%3Ak1%3Adef";

describe("the smallest request", () => {
  test("asks the shadow for the path, with the headers of its condition and no others", () => {
    const features = ["header:accept=text/html", "header:accept-language=de", "query:q=1"];
    expect(argumentsOf(minimalCurl(request({ path: "/a[1]?q=1", features }), LANGUAGE))).toEqual([
      ["--include", "--globoff", "https://shadow/a[1]?q=1", "--header", "accept-language: de"],
    ]);
    expect(argumentsOf(minimalCurl(request({ path: "/", features }), null))).toEqual([
      ["--include", "--globoff", "https://shadow/"],
    ]);
  });

  test("has placeholders for secrets, one for each", () => {
    const path = `/?a=${KEY_ONE}&b=${KEY_TWO}&c=${KEY_ONE}`;
    const command = minimalCurl(request({ path, features: ["auth:credentials"] }), null);
    expect(command).not.toContain("redacted");
    expect(command).toContain(`'authorization: '"$TOKEN"`);
    expect(argumentsOf(command)[0]?.slice(2)).toEqual([
      "https://shadow/?a=one&b=two&c=one",
      "--header",
      "authorization: the token",
    ]);
  });

  test("describes its body, and says where it has one that is not shown", () => {
    const features = ["header:content-type=application/json"];
    const post = { method: "POST", features };
    expect(argumentsOf(minimalCurl(request({ ...post, body: "@{}" }), null))[0]?.slice(2)).toEqual([
      "--request",
      "POST",
      "https://shadow/",
      "--header",
      "content-type: application/json",
      "--data-raw",
      "@{}",
    ]);
    for (const body of [undefined, "a\0b"]) expect(minimalCurl(request({ ...post, body }), null)).toMatch(/\n# .*body/);
    expect(minimalCurl(request({ ...post, body: "AA==", bodyEncoding: "base64" }), null)).toMatch(/\n# .*body/);
    expect(minimalCurl(request({ method: "POST" }), null)).not.toContain("#");
  });

  test("has a user agent of the family that fails", () => {
    const predicate: Predicate = [{ test: "is", source: "header", key: "user-agent", value: "firefox" }];
    const command = minimalCurl(request({ features: ["header:user-agent=firefox"] }), predicate);
    expect(command).toMatch(/'user-agent: Mozilla.*Firefox/);
  });
});

/** Every character but NUL, which no argument can hold, and those that make a text something else than itself. */
const anyText = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom("'", '"', "\\", "$", "`", "(", ")", "\n", " ", ";", "&", "#", "!", "~", "*"),
      maxLength: 30,
    }),
  )
  .map((text) => text.replaceAll("\0", ""));

test("a shell hands on any text as it was sent, and runs none of it", () => {
  const sent = fc.record({ path: anyText, body: anyText, value: anyText, method: anyText });
  fc.assert(
    fc.property(fc.array(sent, { minLength: 20, maxLength: 40 }), (all) => {
      const kept = all.map((one) => ({
        ...one,
        path: `/${one.path.replaceAll("#", "")}`,
        method: `X${one.method}`,
        body: `-${one.body}`,
      }));
      const commands = kept.map(({ path, body, value, method }) =>
        minimalCurl(request({ path, body, method, features: [`header:accept-language=${value}`] }), LANGUAGE),
      );
      const got = argumentsOf(...commands);
      expect(got).toEqual(
        kept.map(({ path, body, value, method }) => {
          const oneLine = value.replaceAll(/[\r\n]+/g, " ");
          const header = value === "" ? "accept-language;" : `accept-language: ${oneLine}`;
          return [
            "--include",
            "--globoff",
            "--request",
            method,
            `https://shadow${path}`,
            "--header",
            header,
            "--data-raw",
            body,
          ];
        }),
      );
    }),
    { numRuns: 15 },
  );
});
