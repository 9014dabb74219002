/** Notation, redirects and cut answers: what is written in another way is the same, what leads elsewhere is not. */
import { test } from "vitest";
import { expectVerdict, type Row } from "./rows.ts";

const X = { type: "application/xml" };
const C = { type: "text/csv" };
const H = { type: "text/html; charset=utf-8" };
const F = { type: "application/x-www-form-urlencoded" };
const to = (left: string, right: string, status = 302) => ({
  status,
  type: "text/html",
  headers: [{ location: left }, { location: right }] as const,
  request: { path: "/a", headers: { host: "shop.test" } },
});
const CUT = { truncated: true };

const ROWS: readonly Row[] = [
  ["Safe", "escapes of letters", '{"a":"é"}', '{"a":"\\u00e9"}'],
  ["Safe", "escapes of slashes", '{"a":"http://x.test/a"}', '{"a":"http:\\/\\/x.test\\/a"}'],
  ["Safe", "surrogate pairs", '{"a":"😀"}', '{"a":"\\ud83d\\ude00"}'],
  ["Safe", "escapes in names", '{"é":1}', '{"\\u00e9":1}'],
  ["Safe", "angle brackets as Go writes them", '{"a":"<b>&"}', '{"a":"\\u003cb\\u003e\\u0026"}'],
  ["Safe", "entities by name and number", "<p>&copy; caf&eacute; &amp;</p>", "<p>&#169; café &#38;</p>", H],
  ["Safe", "quotes in attributes", '<p title="it\'s">a</p>', "<p title='it&#39;s'>a</p>", H],
  ["Safe", "a non-breaking space by name", "<p>a&nbsp;b</p>", "<p>a\u00a0b</p>", H],
  ["Safe", "CDATA", "<a>x &lt; y</a>", "<a><![CDATA[x < y]]></a>", X],
  ["Safe", "XML numbers of characters", "<a>caf&#xE9;</a>", "<a>café</a>", X],
  ["Safe", "an XML declaration", '<?xml version="1.0" encoding="UTF-8"?><a>1</a>', "<a>1</a>", X],
  ["Safe", "quotes of XML", '<a b="1"/>', "<a b='1'></a>", X],
  ["Safe", "plus and %20", "q=a+b&r=%7E", "q=a%20b&r=~", F],
  ["Safe", "escapes in upper case", "q=%c3%a9", "q=%C3%A9", F],
  ["Safe", "quotes of CSV", "id,n\n1,a\n", 'id,n\r\n"1","a"\r\n', C],
  ["Safe", "white space of CSV", "id, n\n1, a\n", "id,n\n1,a\n", C],
  ["Safe", "a byte order mark", '\uFEFF{"a":1}', '{"a":1}'],
  ["Safe", "a byte order mark in CSV", "\uFEFFid,n\n1,a\n", "id,n\n1,a\n", C],
  ["Safe", "indented JSON", '{"a":[1,2]}', '{\n\t"a" : [ 1,\r\n 2 ]\n}\n'],
  ["Safe", "indented HTML", "<ul><li>a</li><li>b</li></ul>", "<ul>\n  <li>a</li>\n\n  <li> b </li>\n</ul>\n", H],
  ["Safe", "space around inline elements", "<p>a <b>c</b> d</p>", "<p>\n a\n <b>c</b>\n d\n</p>", H],
  ["Safe", "boolean attributes", "<input disabled>", '<input disabled="">', H],
  ["Safe", "self-closing elements", "<br><hr>x", "<br/><hr />x", H],
  ["Safe", "tags in upper case", "<DIV CLASS=a>x</DIV>", '<div class="a">x</div>', H],
  ["Safe", "left out end tags", "<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>", H],
  ["Safe", "left out tbody", "<table><tr><td>a</table>", "<table><tbody><tr><td>a</td></tr></tbody></table>", H],
  ["Safe", "comments", "<p>a</p><!-- x -->", "<p>a</p>", H],
  ["Safe", "a comment inside text", "<p>a b</p>", "<p>a <!-- x -->b</p>", H],
  [
    "Safe",
    "white space in a script's JSON",
    '<script type="application/json">{"a":1}</script>',
    '<script type="application/json">{ "a": 1 }</script>',
    H,
  ],
  ["Safe", "indented scripts", "<script>a();\n  b();</script>", "<script>\n  a();\n    b();\n</script>", H],
  ["Safe", "indented styles", "<style>a{b:c}</style>", "<style>\n a { b: c; }\n</style>", H],
  ["Safe", "indented XML", "<a><b>1</b></a>", "<a>\n  <b>\n  1\n  </b>\n</a>", X],
  ["Safe", "ends of lines in text", "a\nb\n", "a\r\nb", { type: "text/plain" }],
  ["Critical", "another path", "", "", to("/orders/1", "/orders")],
  ["Critical", "another host", "", "", to("https://shop.test/a", "https://evil.example.org/a")],
  ["Critical", "another parameter", "", "", to("/login?next=%2Fa", "/login?next=%2Fb")],
  ["Critical", "a parameter lost", "", "", to("/login?next=%2Fa", "/login")],
  ["Critical", "no target", "", "", { ...to("/a", ""), headers: [{ location: "/a" }, {}] }],
  ["Critical", "https lost", "", "", to("https://shop.test/a", "http://shop.test/a")],
  ["Critical", "another fragment", "", "", to("/a#one", "/a#two")],
  ["Critical", "a locale", "", "", to("/en/a", "/de/a", 301)],
  ["Critical", "a slash at the end", "", "", to("/docs/", "/docs", 301)],
  [
    "Critical",
    "a refresh in a page",
    '<meta http-equiv="refresh" content="0; url=/a"><p>x',
    '<meta http-equiv="refresh" content="0; url=/b"><p>x',
    H,
  ],
  [
    "Critical",
    "a refresh header",
    "x",
    "x",
    { type: "text/html", headers: [{ refresh: "0; url=/a" }, { refresh: "0; url=/b" }] },
  ],
  ["Safe", "an absolute target on its own host", "", "", to("/a", "https://shop.test/a")],
  [
    "Safe",
    "a state made anew",
    "",
    "",
    to(
      "https://id.test/auth?state=5b0c2f9e8d414c539d3a0f1e7f6f2a11",
      "https://id.test/auth?state=c1d7a4b327f04be28a0e9f3b1d6c5e22",
    ),
  ],
  ["Safe", "parameters in another order", "", "", to("/a?x=1&y=2", "/a?y=2&x=1")],
  ["Safe", "escapes in another case", "", "", to("/a?x=%c3%a9", "/a?x=%C3%A9")],
  ["Safe", "equal up to the cut", '{"a":[{"id":1},{"id":2},{"id"', '{"a":[{"id":1},{"id":2},{"i', CUT],
  [
    "Safe",
    "equal up to the cut, keys in another order",
    '[{"id":1,"n":"a"},{"id":2,"n":"b"},{"id":3,"n',
    '[{"n":"a","id":1},{"n":"b","id":2},{"n":"c","i',
    CUT,
  ],
  ["Safe", "cut pages", "<ul><li>a</li><li>b</li><li>c", "<ul>\n<li>a</li>\n<li>b</li>\n<l", { ...H, ...CUT }],
  ["Safe", "cut CSV", "id,n\n1,a\n2,b\n3,", "id,n\n1,a\n2,b", { ...C, ...CUT }],
  ["Safe", "cut text", "a\nb\nc\nd", "a\nb\nc", { type: "text/plain", ...CUT }],
  ["Safe", "cut XML", "<r><i>1</i><i>2</i><i>3", "<r>\n<i>1</i>\n<i>2</i", { ...X, ...CUT }],
  [
    "Safe",
    "cut with a clock before",
    '{"at":"2026-11-21T10:00:00.100Z","l":[1,2,3',
    '{"at":"2026-11-21T10:00:00.120Z","l":[1,2,3',
    { ...CUT, headers: [{ date: "Sat, 21 Nov 2026 10:00:00 GMT" }, { date: "Sat, 21 Nov 2026 10:00:00 GMT" }] },
  ],
  ["Critical", "a field lost before the cut", '[{"id":1,"n":1},{"id":2,"n":1},{"id', '[{"id":1},{"id":2},{"id', CUT],
];

test.each(ROWS.map((row) => ({ severity: row[0], says: row[1], row })))("$severity: $says", ({ row }) => {
  expectVerdict(row);
});
