/** Files of results compared, in every form. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { regionsJson, regionsMarkdown, regionsPretty } from "../../../cli/probe/formats/regions.ts";
import { comparedResults } from "../../../cli/probe/regions.ts";

const folder = mkdtempSync(join(tmpdir(), "shadow-infra-regions-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(file: string, region: string, p95: number): void {
  const figures = { p50: p95 / 2, p95, p99: p95, avg_size_kb: 1, failures: 1, failure_rate: 0.005 };
  const results = {
    timestamp: "2026-01-02T03:04:05Z",
    base_url: "http://x",
    iterations: 200,
    endpoints: { "/a": figures },
  };
  writeFileSync(join(folder, file), JSON.stringify({ ...results, origin: { region } }));
}
written("eu.json", "eu-west", 10);
written("us.json", "us|east`", 25);
writeFileSync(join(folder, "none.json"), '{"endpoints":{}}');
writeFileSync(join(folder, "broken.json"), "{");

const compared = () => comparedResults(["us.json", "eu.json"], folder);

it("as a table, the fastest first", () => {
  const [title, , eu, us] = regionsPretty(compared()).split("\n");
  expect([title, eu, us].map((line) => line?.replaceAll(/ +/g, " "))).toEqual([
    "/a",
    " eu-west 5.0 10.0 10.0 0.5 % 1.00 x",
    " us|east` 12.5 25.0 25.0 0.5 % 2.50 x",
  ]);
});

it("as Markdown, without names becoming markup, and as JSON", () => {
  expect(regionsMarkdown(compared())).toContain("| us\\|east\\` | 12.5 | 25.0 | 25.0 | 0.5 % | 2.50 x |");
  expect(JSON.parse(regionsJson(compared())).endpoints[0].regions[1]).toMatchObject({ region: "us|east`", ratio: 2.5 });
});

it.each([
  [["eu.json"], /two files/],
  [["eu.json", "gone.json"], /Cannot read gone\.json/],
  [["eu.json", "none.json"], /none\.json holds no results of a probe: timestamp/],
  [["eu.json", "broken.json"], /broken\.json is not JSON/],
])("%j is refused", (files, words) => {
  expect(() => comparedResults(files, folder)).toThrow(words);
});
