/**
 * format_verdict: one verdict per pair with who decided. Twice: by rules alone, which is stored, and with what models
 * and people said, which is answered; stored rows get theirs on reading, so a late answer needs no rewriting.
 */
import { type Finding, isAmbiguous } from "../../../../core/compare/finding.ts";
import type { Decision } from "../../../../core/verdict/decision.ts";
import { formatVerdict, type Judged } from "../../../../core/verdict/format.ts";
import { worst } from "../../../../core/verdict/severity.ts";
import {
  type Batch,
  type BatchUpdate,
  type Item,
  type NodeRuntime,
  type Said,
  saidKey,
  surroundingsOf,
} from "../state.ts";

const NO_MODEL = "No model is configured, so the rules' verdict stands.";
const NO_DECISIONS: ReadonlyMap<string, Decision> = new Map();

export function formatVerdictNode(state: Batch, runtime: NodeRuntime): BatchUpdate {
  const noModel = surroundingsOf(runtime).model === null;
  return { items: state.items.map((item) => formatted(item, state.said, noModel)) };
}

/** One item with its verdicts. A stage that failed, or this one, leaves none. */
function formatted(item: Item, said: Said, noModel: boolean): Item {
  if (item.fault !== null) return undecided(item, item.fault);
  try {
    const rules = formatVerdict(item.case, NO_DECISIONS);
    const silent = noModel && item.case.findings.some(isAmbiguous);
    const byRules = silent ? { ...rules, reasoning: `${rules.reasoning} ${NO_MODEL}` } : rules;
    return { ...item, byRules, effective: effectiveJudgement(item, byRules, said) };
  } catch (error) {
    console.error(
      JSON.stringify({ event: "stage-failed", stage: "format_verdict", error: String(error).slice(0, 300) }),
    );
    return undecided(item, "format_verdict");
  }
}

/** A stage that failed proves nothing: the pair is never Safe. */
function undecided(item: Item, stage: string): Item {
  return { ...item, fault: stage, byRules: null, effective: null };
}

/**
 * Findings whose question is open count as Undecided, or as their floor where that is worse; the others as decided.
 * What a rule calls Critical stays Critical meanwhile. The report reads stored rows the same way.
 */
export function effectiveJudgement(item: Item, byRules: Judged, said: Said): Judged {
  const { captured, case: c } = item;
  const key = (f: Finding) => saidKey(captured.repoId, f.signature);
  const isOpen = (f: Finding) => isAmbiguous(f) && f.severity !== "Critical" && said.open.has(key(f));
  const open = c.findings.filter(isOpen);
  const decisions = new Map(
    c.findings.flatMap((f) => {
      const decision = said.decisions.get(key(f));
      return decision === undefined ? [] : [[f.signature, decision] as const];
    }),
  );
  const mark = (judged: Judged) => markUnavailable(judged, unavailableNote(item, said));
  if (decisions.size === 0 && open.length === 0) return mark(byRules);
  if (open.length === 0) return mark(formatVerdict(c, decisions));
  const rest = formatVerdict({ ...c, findings: c.findings.filter((f) => !isOpen(f)) }, decisions);
  const verdict = worst([rest.verdict, "Undecided", ...open.map((f) => f.floor)]);
  if (verdict !== "Undecided") return mark({ ...rest, verdict, findings: c.findings });
  const reasoning = `${open.length} finding(s) wait for the model's answer, the first: ${open[0]?.reason ?? ""}`;
  return { ...rest, verdict, decidedBy: "rule", reasoning, findings: c.findings };
}

/** Why nobody waits for a model about one of the findings any more, or null. */
function unavailableNote({ captured, case: c }: Item, { unavailable }: Said): string | null {
  const finding = c.findings.find((f) => isAmbiguous(f) && unavailable.has(saidKey(captured.repoId, f.signature)));
  return finding === undefined ? null : (unavailable.get(saidKey(captured.repoId, finding.signature)) ?? null);
}

function markUnavailable(judged: Judged, note: string | null): Judged {
  return note === null ? judged : { ...judged, reasoning: `${judged.reasoning} ${note}` };
}
