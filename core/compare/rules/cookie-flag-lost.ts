/** A cookie lost a flag that protects it: HttpOnly, Secure, or a strict SameSite. */
import { excerptText } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { headerName } from "./shown.ts";

const STRICTNESS = ["none", "lax", "strict"];

export const cookieFlagLost: DifferenceRule = {
  id: "cookie-flag-lost",
  title: "Cookie flag lost",
  why: "Scripts or plain connections can read what was protected.",
  example: "`sid` lost `HttpOnly`",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ path, kind, reference, shadow }) => {
    const flag = /^header:set-cookie:.*;(httponly|secure|samesite|partitioned)$/.exec(path)?.[1];
    if (flag === undefined) return false;
    if (kind === "missing") return true;
    return flag === "samesite" && kind === "value" && strictness(shadow) < strictness(reference);
  },
  explain: ({ path }) => `The cookie ${headerName(path).replace(";", " lost its flag ")}.`,
};

function strictness(excerpt: string | undefined): number {
  return STRICTNESS.indexOf((excerptText(excerpt) ?? "").toLowerCase());
}
