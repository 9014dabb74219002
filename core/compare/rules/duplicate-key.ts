/** A key stands twice in the shadow's object with two values: clients keep one and lose the other. RFC 8259, 4. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";

export const duplicateKey: DifferenceRule = {
  id: "duplicate-key",
  title: "Key stands twice",
  why: "Some clients read the first value, others the last.",
  example: '`{"role": "user", "role": "admin"}`',
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ traits }) => traits?.includes("duplicate") ?? false,
  explain: ({ path }) => `${path} stands twice in the shadow's answer, and one value hides the other.`,
};
