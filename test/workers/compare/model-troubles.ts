/** Everything a model may do instead of answering, as the Messages API server plays it, and how each is called in the tables. */
import { answer, type Behaviour, failure } from "../../standins/messages-api.ts";

const whole = { verdict: "Safe", reasoning: "As told." };

export const TROUBLES: Readonly<Record<string, { readonly behave: Behaviour; readonly error: RegExp }>> = {
  "429": { behave: () => failure(429, "rate_limit_error", "slow down", { "retry-after": "600" }), error: /^http-429$/ },
  "529": { behave: () => failure(529, "overloaded_error", "overloaded"), error: /^http-529$/ },
  "500": { behave: () => failure(500, "api_error", "oops"), error: /^http-500$/ },
  garbage: { behave: () => ({ status: 200, body: "<html>not json</html>" }), error: /^unreadable-answer$/ },
  prose: { behave: () => answer("I think this is fine: Safe."), error: /^unreadable-answer$/ },
  "another verdict": { behave: () => answer({ ...whole, verdict: "Great" }), error: /^unreadable-answer$/ },
  "another form": { behave: () => answer({ verdict: ["Safe"], why: "x" }), error: /^unreadable-answer$/ },
  "cut by its limit": { behave: () => answer(whole, { stop_reason: "max_tokens" }), error: /^stopped: max_tokens$/ },
  refusal: { behave: () => answer(whole, { stop_reason: "refusal" }), error: /^stopped: refusal$/ },
  "no content": { behave: () => answer(whole, { content: [] }), error: /^wrong-shape$/ },
  "10 MB": {
    behave: () => ({ status: 200, body: new Uint8Array(10_000_000).fill(32) }),
    error: /^(unreachable|timeout)$/,
  },
  "broken on the way": { behave: () => ({ ...answer(whole), brokenAfter: 40 }), error: /^(unreachable|timeout)$/ },
  silence: { behave: () => "hang", error: /^timeout$/ },
  "too slow": { behave: () => ({ ...answer(whole), delayMs: 10_000 }), error: /^timeout$/ },
};
