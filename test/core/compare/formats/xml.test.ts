import { describe, expect, it, test } from "vitest";
import { xmlTexts } from "../../../../core/compare/formats/xml.ts";
import { compared, sides } from "./texts.ts";

const feed = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>${items}</channel></rss>`;
const item = (id: number, price = "1.50"): string => `<item><guid>${id}</guid><price>${price}</price></item>`;

describe("two XML documents", () => {
  test.each<[string, string, string, ReturnType<typeof compared>]>([
    ["white space between tags", "<a><b>1</b></a>", "<a>\n  <b> 1 </b>\n</a>", []],
    ["attributes in another order and quotes", '<a b="1" c="2"/>', "<a c='2' b='1'></a>", []],
    ["entities and CDATA", "<a>x &amp; &#233; <![CDATA[<b>]]></a>", "<a>x &#38; é &lt;b&gt;</a>", []],
    ["comments and instructions", "<?xml version='1.0'?><a><!-- x -->1</a>", "<a>1</a>", []],
    [
      "another prefix of one namespace",
      '<s:a xmlns:s="u"><s:b>1</s:b></s:a>',
      '<t:a xmlns:t="u"><t:b>1</t:b></t:a>',
      [],
    ],
    ["no prefix for it", '<s:a xmlns:s="u"><s:b>1</s:b></s:a>', '<a xmlns="u"><b>1</b></a>', []],
    ["another namespace", '<a xmlns="u">1</a>', '<a xmlns="v">1</a>', ['extra $["{v}:a"]', "missing $.a"]],
    ["another notation of a number", "<a>1.0</a>", "<a>1</a>", []],
    ["a code with leading zeros", "<a>007</a>", "<a>7</a>", ["value $.a"]],
    ["an attribute that is gone", '<a b="1" c="2">x</a>', '<a c="2">x</a>', ['missing $.a["@b"]']],
    ["an element that is gone", "<a><b>1</b><c>2</c></a>", "<a><b>1</b></a>", ["missing $.a.c"]],
    ["an element of nothing", '<a xmlns:x="i"><b>1</b></a>', '<a xmlns:x="i"><b x:nil="true"/></a>', ["type $.a.b"]],
    ["a list that is emptied", feed(item(1) + item(2)), feed(""), ["value $.rss.channel.item"]],
    [
      "an item that is gone",
      feed(item(1) + item(2) + item(3)),
      feed(item(1) + item(3)),
      ["missing $.rss.channel.item[1] item"],
    ],
    [
      "a price of an item",
      feed(item(1) + item(2)),
      feed(item(1) + item(2, "2.50")),
      ["value $.rss.channel.item[1].price"],
    ],
    ["one item where there were two", feed(item(1) + item(2)), feed(item(1)), ["missing $.rss.channel.item[1] item"]],
    ["a tag that is not closed", "<a><b>1</b></a>", "<a><b>1</a>", "unparsable"],
    ["two roots", "<a>1</a>", "<a>1</a><a>1</a>", "unparsable"],
    ["no XML at all", "<a>1</a>", "oops", "unparsable"],
    ["a reference that is none", "<a><b></a>", "<a/>", null],
    [
      "names that objects have by themselves",
      "<a><constructor>1</constructor></a>",
      "<a><__proto__>1</__proto__></a>",
      ["extra $.a.__proto__", "missing $.a.constructor"],
    ],
  ])("%s", (...[, reference, shadow, expected]) => {
    expect(compared(xmlTexts(sides(reference, shadow)))).toEqual(expected);
  });

  test("that were cut at different places", () => {
    const texts = xmlTexts({
      reference: { text: feed(item(1) + item(2) + item(3)), cut: false },
      shadow: { text: feed(item(1) + item(9)).slice(0, -40), cut: true },
    });
    expect(compared(texts)).not.toBe("unparsable");
    expect(compared(xmlTexts(sides("<a><b>1</b><c>23", "<a><b>1</b><c>2", true)))).toEqual([]);
  });
});

it("reads ten thousand levels", () => {
  const deep = (text: string): string => `${"<a>".repeat(10_000)}${text}${"</a>".repeat(10_000)}`;
  const found = compared(xmlTexts(sides(deep("1"), deep("2"))));
  expect(found).toHaveLength(1);
});
