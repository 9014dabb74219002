/** Values in the forms that services send: which of them are made anew for each answer, and which only look like it. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

interface Line {
  readonly says: string;
  /** `counts`: anything but Safe. */
  readonly verdict: string;
  readonly reference: unknown;
  readonly shadow: unknown;
  readonly control?: unknown;
  readonly base?: unknown;
  /** `date` headers of reference and shadow. */
  readonly dates?: readonly [string, string];
  /** Headers of reference, shadow and control. */
  readonly headers?: readonly Readonly<Record<string, string>>[];
  /** Content type; JSON without it. */
  readonly type?: string;
  readonly status?: number;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
}

const FIXTURES = new URL("../../fixtures/noise/", import.meta.url);

// The fixtures' form is checked by what the tests do with it.
const LINES = readdirSync(FIXTURES).flatMap((file) =>
  readFileSync(new URL(file, FIXTURES), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => ({ file: file.replace(".jsonl", ""), ...(JSON.parse(line) as Line) })),
);

function verdictOf({
  reference,
  shadow,
  control,
  base,
  dates,
  headers = [],
  type,
  status = 200,
  ...request
}: Line): string {
  const side = (body: unknown, date?: string, own: Readonly<Record<string, string>> = {}) => {
    const known: Record<string, string> = date === undefined ? {} : { date };
    if (type !== undefined) known["content-type"] = type;
    return answer(body, { status, headers: { ...known, ...own } });
  };
  const { method = "GET", path = "/things", body = null } = request;
  const sides = {
    prod: side(reference, dates?.[0], headers[0]),
    shadow: side(shadow, dates?.[1], headers[1]),
    ...(control === undefined ? {} : { control: side(control, dates?.[0], headers[2] ?? headers[0]) }),
    ...(base === undefined ? {} : { base: side(base, dates?.[0]) }),
  };
  return judge(pairOf(sides, { method, path, body }), EMPTY_MEMORY).judged.verdict;
}

test.each(LINES.map((line) => [line.file, line.says, line.verdict, line] as const))(
  "%s: %s is %s",
  (_, __, verdict, line) => {
    if (verdict === "counts") expect(verdictOf(line)).not.toBe("Safe");
    else expect(verdictOf(line)).toBe(verdict);
  },
);

describe("a JWT", () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = (claims: Readonly<Record<string, unknown>>, alg = "HS256"): string =>
    `${part({ alg, typ: "JWT" })}.${part(claims)}.${part(claims).split("").toReversed().join("")}`;
  const issued = (at: number, more = {}) => token({ sub: "user-1", iat: at, exp: at + 3_600, ...more });

  test.each([
    ["issued anew", issued(1_795_255_203, { jti: "b" }), "Safe"],
    ["of another subject", issued(1_795_255_203, { sub: "user-2" }), "Warning"],
    ["with another scope", issued(1_795_255_203, { scope: "admin" }), "Warning"],
    ["that nobody signed", token({ sub: "user-1", iat: 1, exp: 2 }, "none"), "Warning"],
  ])("%s is %s", (_, shadow, verdict) => {
    const line = {
      says: "",
      verdict,
      reference: { access_token: issued(1_795_255_200) },
      shadow: { access_token: shadow },
    };
    expect(verdictOf(line)).toBe(verdict);
  });
});
