import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { mergeCommand, proposedMerges } from "../../../pages/src/words/merge.ts";
import { ROUTE_ALIASES } from "../../standins/report-data.ts";

test("what is proposed is one entry for each target; what was decided is none", () => {
  expect(proposedMerges(ROUTE_ALIASES)).toEqual([
    { target: "GET /blog/{slug}", routes: ["GET /blog/bread", "GET /blog/cakes", "GET /blog/it's-tea"] },
  ]);
});

test("a shell hands the command's body over as it is, whatever a route is called", () => {
  const target = "GET /it's/$(id)/{slug}";
  const command = mergeCommand({ origin: "http://localhost:5173", repoId: 7 }, { target, state: "accepted" });
  const said = execFileSync("sh", ["-c", `curl() { printf '%s\\n' "$@"; }\n${command}`], { encoding: "utf8" });
  const [, method, address, , , , body = ""] = said.split("\n");
  expect([method, address]).toEqual(["POST", "http://localhost:5173/api/repositories/7/route-aliases"]);
  expect(JSON.parse(body)).toEqual({ target, state: "accepted" });
});
