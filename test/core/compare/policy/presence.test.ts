/** Fields, optional fields and elements that are gone, in the formats and nestings in which services list them. */
import { test } from "vitest";
import { expectVerdict, type Row } from "./rows.ts";

const X = { type: "application/xml" };
const C = { type: "text/csv" };
const H = { type: "text/html" };
const N = { type: "application/x-ndjson" };

const ROWS: readonly Row[] = [
  [
    "Warning",
    "a note that some elements have",
    [{ id: 1, note: "x" }, { id: 2 }, { id: 3, note: "y" }],
    [{ id: 1, note: "x" }, { id: 2 }, { id: 3 }],
  ],
  [
    "Warning",
    "the same below an envelope",
    { data: { items: [{ id: 1, n: "x" }, { id: 2 }, { id: 3, n: "y" }] } },
    { data: { items: [{ id: 1, n: "x" }, { id: 2 }, { id: 3 }] } },
  ],
  [
    "Warning",
    "a field of an object in each element",
    [
      { id: 1, s: { g: "B" } },
      { id: 2, s: { h: 1 } },
      { id: 3, s: { g: "C", h: 1 } },
    ],
    [
      { id: 1, s: { g: "B" } },
      { id: 2, s: { h: 1 } },
      { id: 3, s: { h: 1 } },
    ],
  ],
  [
    "Warning",
    "two objects deep",
    [
      { id: 1, a: { b: { g: 1, z: 1 } } },
      { id: 2, a: { b: { z: 1 } } },
    ],
    [
      { id: 1, a: { b: { z: 1 } } },
      { id: 2, a: { b: { z: 1 } } },
    ],
  ],
  [
    "Warning",
    "a list in each element",
    [
      { id: 1, l: [{ k: 1, o: 1 }] },
      { id: 2, l: [{ k: 2 }] },
    ],
    [
      { id: 1, l: [{ k: 1 }] },
      { id: 2, l: [{ k: 2 }] },
    ],
  ],
  [
    "Warning",
    "one of one, others in other elements",
    {
      orders: [
        { id: 1, lines: [{ sku: "a", gift: true }] },
        { id: 2, lines: [{ sku: "b" }] },
        { id: 3, lines: [{ sku: "c", gift: true }] },
      ],
    },
    {
      orders: [
        { id: 1, lines: [{ sku: "a", gift: true }] },
        { id: 2, lines: [{ sku: "b" }] },
        { id: 3, lines: [{ sku: "c" }] },
      ],
    },
  ],
  [
    "Warning",
    "a map of like things",
    { "10001": { a: 1, o: 2 }, "10002": { a: 1 }, "10003": { a: 3, o: 1 } },
    { "10001": { a: 1, o: 2 }, "10002": { a: 1 }, "10003": { a: 3 } },
  ],
  [
    "Warning",
    "null in one, absent in another, gone in a third",
    [{ id: 1, n: null }, { id: 2 }, { id: 3, n: 4 }],
    [{ id: 1, n: null }, { id: 2 }, { id: 3 }],
  ],
  [
    "Warning",
    "JSON:API",
    {
      data: [
        { id: "1", attributes: { t: "a", s: "b" } },
        { id: "2", attributes: { t: "a" } },
      ],
    },
    {
      data: [
        { id: "1", attributes: { t: "a" } },
        { id: "2", attributes: { t: "a" } },
      ],
    },
  ],
  [
    "Warning",
    "GeoJSON",
    { features: [{ properties: { n: 1, alt: 5 } }, { properties: { n: 2 } }, { properties: { n: 3, alt: 6 } }] },
    { features: [{ properties: { n: 1, alt: 5 } }, { properties: { n: 2 } }, { properties: { n: 3 } }] },
  ],
  [
    "Warning",
    "XML",
    "<r><i><id>1</id><n>a</n></i><i><id>2</id></i><i><id>3</id><n>c</n></i></r>",
    "<r><i><id>1</id><n>a</n></i><i><id>2</id></i><i><id>3</id></i></r>",
    X,
  ],
  [
    "Warning",
    "an XML attribute",
    '<r><i id="1" x="1"/><i id="2"/><i id="3" x="2"/></r>',
    '<r><i id="1" x="1"/><i id="2"/><i id="3"/></r>',
    X,
  ],
  ["Warning", "NDJSON", '{"id":1,"n":1}\n{"id":2}\n{"id":3,"n":2}', '{"id":1,"n":1}\n{"id":2}\n{"id":3}', N],
  [
    "Warning",
    "RSS",
    "<rss><channel><item><guid>1</guid><author>a</author></item><item><guid>2</guid></item></channel></rss>",
    "<rss><channel><item><guid>1</guid></item><item><guid>2</guid></item></channel></rss>",
    X,
  ],
  [
    "Warning",
    "GraphQL edges",
    { data: { x: { edges: [{ node: { id: 1, bio: "x" } }, { node: { id: 2 } }, { node: { id: 3, bio: "y" } }] } } },
    { data: { x: { edges: [{ node: { id: 1 } }, { node: { id: 2 } }, { node: { id: 3, bio: "y" } }] } } },
  ],
  ["Warning", "the control lacks it", { a: 1, note: "x" }, { a: 1 }, { control: { a: 1 } }],
  ["Warning", "an optional object", [{ id: 1, geo: { lat: 1, lon: 2 } }, { id: 2 }], [{ id: 1 }, { id: 2 }]],
  [
    "Critical",
    "every element lost it",
    [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
    ],
    [{ id: 1 }, { id: 2 }],
  ],
  [
    "Critical",
    "one element lost what all have",
    [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
    ],
    [{ id: 1, n: 1 }, { id: 2 }],
  ],
  [
    "Critical",
    "a nested one that all have",
    [
      { id: 1, s: { n: 1 } },
      { id: 2, s: { n: 1 } },
    ],
    [
      { id: 1, s: {} },
      { id: 2, s: { n: 1 } },
    ],
  ],
  ["Critical", "a lone object", { id: 1, n: 1 }, { id: 1 }],
  ["Critical", "elements of other kinds", { a: { n: 1, m: 2 }, b: { m: 2 } }, { a: { m: 2 }, b: { m: 2 } }],
  [
    "Critical",
    "an element in the middle",
    { items: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    { items: [{ id: 1 }, { id: 3 }] },
  ],
  ["Critical", "the last page cut", [1, 2, 3, 4, 5], [1, 2, 3, 4]],
  ["Critical", "a word of a list", { tags: ["a", "b", "c"] }, { tags: ["a", "c"] }],
  ["Critical", "an entry of a map", { "10001": 1, "10002": 2, "10003": 3 }, { "10001": 1, "10003": 3 }],
  [
    "Critical",
    "an RSS entry",
    "<feed><entry><id>1</id></entry><entry><id>2</id></entry></feed>",
    "<feed><entry><id>1</id></entry></feed>",
    X,
  ],
  ["Critical", "the only entry but one", "<r><i>a</i><i>b</i></r>", "<r><i>a</i></r>", X],
  ["Critical", "a CSV row", "id,n\n1,a\n2,b\n3,c\n", "id,n\n1,a\n3,c\n", C],
  ["Critical", "a CSV row without a header", "1,a\n2,b\n3,c\n", "1,a\n3,c\n", C],
  ["Critical", "an option", "<select><option>a<option>b<option>c</select>", "<select><option>a<option>c</select>", H],
  [
    "Critical",
    "a card",
    '<div><div class="card"><h3>a</h3></div><div class="card"><h3>b</h3></div><div class="card"><h3>c</h3></div></div>',
    '<div><div class="card"><h3>a</h3></div><div class="card"><h3>c</h3></div></div>',
    H,
  ],
  [
    "Critical",
    "one of two links",
    '<ul><li><a href="/a">a</a></li><li><a href="/b">b</a></li></ul>',
    '<ul><li><a href="/a">a</a></li></ul>',
    H,
  ],
  [
    "Critical",
    "links in a navigation",
    '<nav><a href="/a">a</a><a href="/b">b</a><a href="/c">c</a></nav>',
    '<nav><a href="/a">a</a><a href="/c">c</a></nav>',
    H,
  ],
  ["Critical", "definitions", "<dl><dt>a<dd>1<dt>b<dd>2</dl>", "<dl><dt>a<dd>1</dl>", H],
  [
    "Critical",
    "lists in lists",
    {
      m: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
    {
      m: [
        [1, 2],
        [5, 6],
      ],
    },
  ],
  [
    "Critical",
    "two dropped and one new",
    [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }],
    [{ id: 1 }, { id: 4 }, { id: 9 }],
  ],
  [
    "Critical",
    "dropped while the count stays",
    { count: 3, items: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    { count: 3, items: [{ id: 1 }, { id: 2 }] },
  ],
  ["Critical", "the same long texts", { paragraphs: ["one", "two", "three"] }, { paragraphs: ["one", "two"] }],
  ["Critical", "a field that was null", { id: 1, n: null }, { id: 1 }],
];

test.each(ROWS.map((row) => ({ severity: row[0], says: row[1], row })))("$severity: $says", ({ row }) => {
  expectVerdict(row);
});
