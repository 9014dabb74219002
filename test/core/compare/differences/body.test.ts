import { describe, expect, it, test } from "vitest";
import { bodyDifferences } from "../../../../core/compare/differences/body.ts";
import type { Answer } from "../../../../core/pair/pair.ts";
import { answer } from "../../pair/builder.ts";
import { bodies, short } from "./bodies.ts";

const text = { headers: { "content-type": "text/plain" } };
const html = { headers: { "content-type": "text/html; charset=utf-8" } };
const csv = { headers: { "content-type": "text/csv; charset=utf-8" } };
const xml = { headers: { "content-type": "application/xml" } };
const form = { headers: { "content-type": "application/x-www-form-urlencoded" } };
const binary = { bodyEncoding: "base64" } as const;

describe("two whole bodies", () => {
  test.each<[string, Answer, Answer, readonly string[]]>([
    ["JSON by its type", answer("7"), answer("8"), ["value $"]],
    ["JSON by its first character", answer('{"a":1}', text), answer('{"a":2}', text), ["value $.a"]],
    ["JSON that no longer parses", answer({ a: 1 }), answer('{"a":1'), ["unparsable body"]],
    ["JSON that became a page", answer({ a: 1 }), answer("<p>1</p>"), ["unparsable body"]],
    ["what never was JSON", answer("oops"), answer("ouch"), ["value body:line 1"]],
    ["text that looks like a list", answer("[INFO] a", text), answer("[INFO] b", text), ["value body:line 1"]],
    [
      "lines of JSON",
      answer('{"id":1}\n{"id":2,"a":2}', text),
      answer('{"id":1}\n{"id":2,"a":3}\n', text),
      ["value $[1].a"],
    ],
    [
      "lines of JSON and one that is none",
      answer('{"a":1}\n{"a":2}', text),
      answer('{"a":1}\n{"a":', text),
      ["unparsable body"],
    ],
    ["JSON behind a guard", answer(')]}\',\n{"a":1}'), answer(')]}\',\n{ "a":2}'), ["value $.a"]],
    ["XML by its type", answer("<a><b>1</b></a>", xml), answer("<a>\n<b>2</b></a>", xml), ["value $.a.b"]],
    ["XML that is broken", answer("<a><b>1</b></a>", xml), answer("<a><b>1</a>", xml), ["unparsable body"]],
    [
      "XML that became a page",
      answer("<a><b>1</b></a>", xml),
      answer("<!doctype html><p>x<br>", xml),
      ["unparsable body"],
    ],
    ["a page that became JSON", answer("<p>1</p>", html), answer('{"a":1}', html), ["unparsable body"]],
    ["a form", answer("a=1&b=2", form), answer("b=2&a=3", form), ["value $.a"]],
    ["a byte order mark", answer("\ufeff[1]"), answer("[1]"), []],
    ["a body that is gone", answer("a", text), answer("", text), ["missing body"]],
    ["a body that is new", answer("", text), answer("a", text), ["extra body"]],
    ["text that became binary", answer("a", text), answer("/w==", binary), ["type body"]],
    ["binary that became text", answer("/w==", binary), answer("a", text), ["type body"]],
    ["binary of the same format", answer("/wA=", binary), answer("/wE=", binary), ["value body"]],
    ["binary that is gone", answer("/wA=", binary), answer("", text), ["missing body"]],
    ["a page in another indentation", answer("<ul>\n<li>a\n</ul>", html), answer("<ul>\n  <li>a\n\n</ul>\n", html), []],
    ["a page with another word", answer("<b>\n a b", html), answer("<b>\n a c", html), ["value html > b"]],
    ["a row that is gone", answer("a,b\n1,2\n3,4", csv), answer("a,b\r\n3,4\r\n", csv), ["missing $[0] item"]],
    ["a row that is doubled", answer("a,b\n1,2", csv), answer("a,b\n1,2\n1,2", csv), ["duplicated $[1] item"]],
    ["a row that is new", answer("a,b\n1,2", csv), answer("a,b\n1,2\n5,6", csv), ["extra $[1] item"]],
    ["a cell that changed", answer("a,b\n1,2", csv), answer("a,b\n1,3", csv), ["value $[0].b"]],
    ["plain text in another indentation", answer("a:\n  b", text), answer("a:\nb", text), ["value body:line 2"]],
  ])("%s", (_, reference, shadow, expected) => {
    expect(bodyDifferences(reference, shadow).map(short)).toEqual(expected);
  });
});

describe("a body that was cut at the capture limit", () => {
  const cut = (body: string, bodyBytes?: number): Answer =>
    answer(body, { truncated: true, ...(bodyBytes === undefined ? {} : { bodyBytes }) });

  test.each<[string, Answer, Answer, readonly string[]]>([
    ["equal so far, of equal length", cut('{"a":1,"b', 90), cut('{"a":1,"b', 90), []],
    ["equal so far, of another length", cut('{"a":1,"b', 90), cut('{"a":1,"b', 91), ["length body"]],
    ["different in the part that is known", cut('{"a":1,"b', 90), cut('{"a":2,"b', 90), ["value $.a"]],
    ["cut at another place", cut('{"a":1,"b":2,"c":3'), cut('{"a":1,"b'), []],
    ["a whole one without a field of the cut one", cut('{"a":1,"b":2,"c'), answer('{"a":1}'), ["missing $.b"]],
    ["a whole list shorter than the cut one", cut("[1,2,3,4,5"), answer("[1,2]"), ["length $ item"]],
    ["a whole empty list", cut("[1,2,3,4,5"), answer("[]"), ["value $"]],
    ["a cut list longer than the whole one", answer("[1,2]"), cut("[1,2,3,4,5"), ["length $ item"]],
    ["a page instead of JSON", cut('{"a":1,"b'), cut("<html><bod"), ["unparsable body"]],
    ["text cut within a line", answer("a\nb\nc", text), answer("a\nb\ncd", { ...text, truncated: true }), []],
    ["text with a changed line", cut("a\nx\nc"), cut("a\ny\nc"), ["value body:line 2"]],
    [
      "binary of another length",
      answer("/wA=", { ...binary, truncated: true, bodyBytes: 9 }),
      answer("/wE=", { ...binary, truncated: true, bodyBytes: 8 }),
      ["length body"],
    ],
  ])("%s", (_, reference, shadow, expected) => {
    expect(bodyDifferences(reference, shadow).map(short)).toEqual(expected);
  });
});

it("finds nothing in what is written in another way", () => {
  expect(bodies('{"a":1,"b":"é"}', '{ "b":"\\u00e9", "a":1.0 }')).toEqual([]);
});
