import { expect, test } from "vitest";
import { countCauses, groupsOf } from "../../../pages/src/words/groups.ts";
import { DRIFTS } from "../../standins/drift-data.ts";

const [sample] = DRIFTS;
if (sample === undefined) throw new Error("no sample");
const drift = (route: string, cause: string) => ({ ...sample, route, cause, signature: `${route} ${cause}` });

test("a header that is gone on every route is one group, what is of one route stays with its route", () => {
  const drifts = [
    drift("GET /a", "price"),
    drift("GET /a", "frame"),
    drift("GET /b", "frame"),
    drift("GET /a", "name"),
  ];
  const groups = groupsOf(drifts).map(({ route, drifts: own }) => [route, own.map(({ signature }) => signature)]);
  expect(groups).toEqual([
    ["GET /a", ["GET /a price", "GET /a name"]],
    [null, ["GET /a frame", "GET /b frame"]],
  ]);
  expect(countCauses(drifts)).toBe(3);
});

test("two of one cause on the same route are no cause of several routes", () => {
  expect(groupsOf([drift("GET /a", "price"), drift("GET /a", "price")])).toMatchObject([{ route: "GET /a" }]);
  expect(groupsOf([])).toEqual([]);
});
