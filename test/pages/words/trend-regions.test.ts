import { expect, it } from "vitest";
import { regionRows } from "../../../pages/src/words/trend-regions.ts";
import { trendsFor } from "../../standins/trend-data.ts";

const [stepped, , spread] = trendsFor(new URLSearchParams()).items;

it("compares the newest run of each region with the fastest", () => {
  const rows = regionRows(spread?.points ?? []);
  expect(rows.map(({ region, point, ratio }) => [region, point.run, ratio?.toFixed(1)])).toEqual([
    ["eu-central", "eu-central-31", "1.0"],
    ["us-east", "us-east-31", "2.4"],
    ["ap-south", "ap-south-31", "3.8"],
  ]);
});

it("compares nothing where there is one region, or none", () => {
  expect(regionRows(stepped?.points ?? [])).toEqual([]);
  expect(regionRows((spread?.points ?? []).filter(({ region }) => region === "us-east"))).toEqual([]);
});

it("has no ratio to a region that took no time", () => {
  const points = (spread?.points ?? []).map((point) =>
    point.region === "eu-central" ? { ...point, figures: { ...point.figures, p95: 0 } } : point,
  );
  expect(regionRows(points).map(({ ratio }) => ratio)).toEqual([null, null, null]);
});
