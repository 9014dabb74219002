import { describe, expect, it, test } from "vitest";
import { htmlDifferences } from "../../../../core/compare/differences/html.ts";
import { readHtml } from "../../../../core/compare/formats/html-tree.ts";
import { short } from "./bodies.ts";

function pages(reference: string, shadow: string, cut = false): readonly string[] | null {
  const [left, right] = [readHtml(reference, cut), readHtml(shadow, cut)];
  return left && right && htmlDifferences(left, right).map(short).toSorted();
}

describe("two pages", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["white space and comments", "<p>a  b</p><p>c</p>", "<!-- x --><p>\na b\n</p>\n<p>c</p>", []],
    ["white space that is text", "<pre>a  b</pre>", "<pre>a b</pre>", ["value html > pre"]],
    ["attributes and classes in another order", '<p class="a b" id="x">t</p>', "<p id=x class='b a'>t</p>", []],
    ["tags in capitals, left open", "<UL><LI>a<LI>b</UL>", "<ul><li>a</li><li>b</li></ul>", []],
    ["entities", "<p>&eacute; &amp; &#x27;</p>", "<p>é &amp; '</p>", []],
    ["a frame around a fragment", "<p>a</p>", "<html><p>a</p></html>", []],
    ["a text", "<h1>a</h1>", "<h1>b</h1>", ["value html > h1"]],
    ["all that was in it", "<main><ul><li>a</ul></main>", "<main></main>", ["value html > main"]],
    ["a text that is gone", "<h1>a</h1>", "<h1></h1>", ["value html > h1"]],
    ["an attribute", "<a href=/x>a</a>", "<a href=/y>a</a>", ["value html > a @href"]],
    ["an attribute that is gone", "<img src=a alt=b>", "<img src=a>", ["missing html > img @alt"]],
    [
      "a field by its name",
      "<form><input name=zip><p>a</form>",
      "<form><p>a</form>",
      ["missing html > form > input[name=zip]"],
    ],
    ["a property by its name", '<b itemprop="price">1</b>', '<b itemprop="price">2</b>', ["value html > b.price"]],
    ["one of many", "<ul><li>a<li>b<li>c</ul>", "<ul><li>a<li>c</ul>", ["missing html > ul > li[2] item"]],
    ["one twice", "<ul><li>a<li>b</ul>", "<ul><li>a<li>a<li>b</ul>", ["duplicated html > ul > li[2] item"]],
    ["the only one twice", "<ul><li>a</ul>", "<ul><li>a<li>a</ul>", ["duplicated html > ul > li[2] item"]],
    ["a paragraph that is gone", "<p>a</p><p>b</p>", "<p>a</p>", ["missing html > p[2] item"]],
    ["another order", "<ul><li>a<li>b</ul>", "<ul><li>b<li>a</ul>", ["order html > ul sorted"]],
    [
      "one that is new beside one that changed",
      "<ul><li>a<li>b</ul>",
      "<ul><li>x<li>b<li>c</ul>",
      ["extra html > ul > li[3] item", "value html > ul > li[1]"],
    ],
    [
      "data in a script",
      '<script type="application/json">{"a":{"b":1}}</script>',
      '<script type="application/json">{"a":{"b":2}}</script>',
      ["value html > script $.a.b"],
    ],
    ["a doctype that is gone", "<!doctype html><p>a</p>", "<p>a</p>", ["missing html @!doctype"]],
    [
      "markup that is text is no markup",
      "<p>&lt;b&gt;</p>",
      "<p><b></b></p>",
      ["extra html > p > b", "missing html > p"],
    ],
  ])("%s", (...[, reference, shadow, expected]) => {
    expect(pages(reference, shadow)).toEqual(expected);
  });

  it("that were cut say nothing of what stands behind the cut", () => {
    expect(pages("<ul><li>a<li>b<li>c", "<ul><li>a<li>b<li>cde", true)).toEqual([]);
    expect(pages("<ul><li>a<li>b<li>c", "<ul><li>a<li>x<li>c", true)).toEqual(["value html > ul > li[2]"]);
  });

  it("that nest deeper than browsers read are left to be compared by line", () => {
    expect(readHtml("<b>".repeat(600), false)).toBeNull();
    expect(readHtml("no page", false)).toBeNull();
  });
});
