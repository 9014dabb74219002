import { expect, test } from "vitest";
import { renderMetrics } from "../../../core/report/metrics.ts";

test("a label's value cannot break out of its quotes", () => {
  const samples = [{ labels: { name: 'a"b\\c\nd' }, value: 1 }];
  expect(renderMetrics([{ name: "m", help: "Help.", type: "gauge", samples }])).toBe(
    '# HELP m Help.\n# TYPE m gauge\nm{name="a\\"b\\\\c\\nd"} 1\n',
  );
});

test("a sample without labels has no braces", () => {
  const text = renderMetrics([{ name: "m", help: "Help.", type: "counter", samples: [{ labels: {}, value: 2.5 }] }]);
  expect(text.split("\n")[2]).toBe("m 2.5");
});
