import { expect, test } from "vitest";
import { linkDifferences } from "../../../../core/compare/differences/links.ts";
import { short } from "./bodies.ts";

test.each<[string, string, string, readonly string[]]>([
  ["another order", '</a>; rel="next", </b>; rel=prev', '</b>; rel="prev", </a>; rel="next"', []],
  ["another page", "</a?page=2>; rel=next", "</a?page=3>; rel=next", ["value header:link;next"]],
  ["a page that is gone", "</a>; rel=next, </b>; rel=last", "</b>; rel=last", ["missing header:link;next"]],
  ["a page that is new", "</b>; rel=last", "</a>; rel=next, </b>; rel=last", ["extra header:link;next"]],
  ["a comma inside a target", "</a,b>; rel=next", "</a,b>;rel=next", []],
  [
    "several of one relation",
    "</a.css>; rel=preload, </b.js>; rel=preload",
    "</b.js>; rel=preload, </a.css>; rel=preload",
    [],
  ],
])("%s", (_, reference, shadow, expected) => {
  expect(linkDifferences(reference, shadow).map(short)).toEqual(expected);
});
