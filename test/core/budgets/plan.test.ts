import { describe, expect, it } from "vitest";
import { proposalsFor, proposedText, type TargetFile } from "../../../core/budgets/plan.ts";
import { budgetFile } from "../../../core/budgets/sites.ts";
import type { EndpointFigures } from "../../../core/budgets/suggest.ts";

const TERMS = { headroom: 1.2, allowRaise: false };

function file(path: string, text: string): TargetFile {
  const read = budgetFile(text);
  if (!read.ok) throw new Error(read.detail);
  return { path, text, sites: read.value.sites, isRules: read.value.isRules };
}

function history(p95s: Readonly<Record<string, number>>): readonly EndpointFigures[] {
  return Object.entries(p95s).flatMap(([endpoint, p95]) =>
    Array.from({ length: 10 }, () => ({
      endpoint,
      figures: { p50: p95, p95, p99: 2 * p95, avg_size_kb: 25, failures: 0, failure_rate: 0 },
    })),
  );
}

const RULES = file("governance.json", '{"rules":[{"budgets":{"p95_ms":75}}]}');
const PROJECT = file(
  ".shadow-infra.yml",
  "budgets:\n  p95_ms: 75\n  p99_ms: 120\n  size_kb: 25\n  failure_rate: 0.02\n",
);
const PROBE = file(
  "probe.json",
  '{"endpoints":[{"path":"/export","method":"POST","budgets":{"p95_ms":900}},{"path":"/export"}]}',
);

function lines(files: readonly TargetFile[], p95s: Readonly<Record<string, number>>) {
  return proposalsFor(files, history(p95s), TERMS).map(
    ({ file: path, budget, now, proposed, outcome, site }) =>
      `${path ?? "nowhere"}${site === null ? " (new)" : ""} ${budget} ${now} ${outcome} ${proposed}`,
  );
}

describe("proposals", () => {
  it("are made for each place, with the default where no file says a budget", () => {
    expect(lines([PROJECT, RULES], { "/a": 30 })).toEqual([
      ".shadow-infra.yml p95_ms 75 lower 36",
      ".shadow-infra.yml p99_ms 120 lower 72",
      ".shadow-infra.yml size_kb 25 held 25",
      ".shadow-infra.yml failure_rate 0.02 keep 0.02",
      "governance.json p95_ms 75 lower 36",
    ]);
    expect(lines([], { "/a": 30 })).toContain("nowhere (new) p95_ms 75 lower 36");
    expect(lines([RULES], { "/a": 30 })).toEqual([
      "governance.json p95_ms 75 lower 36",
      "nowhere (new) p99_ms 120 lower 72",
      "nowhere (new) size_kb 25 held 25",
      "nowhere (new) failure_rate 0.05 lower 0.02",
    ]);
  });

  it("keep an endpoint with a budget of its own out of the others' budget, but not out of a rule", () => {
    const found = lines([PROBE, PROJECT, RULES], { "GET /export": 20, "POST /export": 500 });
    expect(found).toContain("probe.json p95_ms 900 lower 600");
    expect(found).toContain(".shadow-infra.yml p95_ms 75 lower 24");
    expect(found).toContain("governance.json p95_ms 75 held 75");
  });
});

describe("the text that is proposed", () => {
  it("has the new values, and the budgets that no file said in the first that can say them", () => {
    const probe = file("probe.json", '{ "endpoints": [], "budgets": { "p95_ms": 75 } }');
    const all = proposalsFor([probe, RULES], history({ "/a": 30 }), TERMS);
    expect(proposedText(probe, all)).toEqual({
      ok: true,
      value: '{ "endpoints": [], "budgets": { "p95_ms": 36, "p99_ms": 72, "failure_rate": 0.02 } }',
    });
    expect(proposedText(RULES, all)).toEqual({ ok: true, value: '{"rules":[{"budgets":{"p95_ms":36}}]}' });
  });

  it("is the same where nothing is proposed", () => {
    const held = proposalsFor([RULES], history({ "/a": 500 }), TERMS);
    expect(proposedText(RULES, held)).toEqual({ ok: true, value: RULES.text });
  });
});
