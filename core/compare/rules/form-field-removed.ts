/** A page lost a form or a field that is sent with one: what users enter there is gone from the next request. */
import { isPagePath } from "../names.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const formFieldRemoved: DifferenceRule = {
  id: "form-field-removed",
  title: "Form field removed",
  why: "What users enter there is no longer sent, or they cannot send anything.",
  example: "`form > input[name=email]` is gone",
  ...PROVEN_CRITICAL,
  fires: ({ path, pattern, kind }) =>
    kind === "missing" &&
    isPagePath(path) &&
    /> (?:form\b[^>@]*|(?:input|select|textarea|button)\[name=[^>@]*)$/.test(pattern),
  explain: ({ path, reference }) => `${path} is gone: ${shown(reference)}.`,
};
