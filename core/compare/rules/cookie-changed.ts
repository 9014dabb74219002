/** A cookie is new, or its value or an attribute changed. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { headerName } from "./shown.ts";

export const cookieChanged: DifferenceRule = {
  id: "cookie-changed",
  title: "Cookie changed",
  why: "A cookie lives longer, or goes to other paths or hosts.",
  example: "`Path=/` became `Path=/shop`",
  ...AMBIGUOUS,
  fires: ({ path }) => path.startsWith("header:set-cookie:"),
  explain: ({ path, kind }) =>
    kind === "extra" && !path.includes(";")
      ? `The cookie ${headerName(path)} is new.`
      : `The cookie ${headerName(path)} changed.`,
};
