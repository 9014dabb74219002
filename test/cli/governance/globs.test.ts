/** Globs on names that people really have, and on those that somebody chose to slip past them. */
import { expect, test } from "vitest";
import { fits } from "../../../cli/governance/globs.ts";

test.each(["src/a\nb.py", "src/a\r\nb.py", "src/a\u2028b.py", "src/\n/.py"])(
  "a line break in %j hides nothing",
  (path) => {
    expect(fits(path, ["src/**"])).toBe(true);
    expect(fits(path, ["**/*.py"])).toBe(true);
    expect(fits(path, ["!src/**"])).toBe(false);
  },
);
