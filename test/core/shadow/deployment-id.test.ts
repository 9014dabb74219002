import { expect, test } from "vitest";
import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";

test("an id names repository, pull request and twelve characters of the commit", () => {
  expect(deploymentIdOf(7, 12, "0123456789abcdef0123456789abcdef01234567")).toBe("7-12-0123456789ab");
});
