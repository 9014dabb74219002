/**
 * Files with budgets that are no rules. A `probe.json` and the workflow that runs the gate are read as what they are; JSON, YAML, TOML or code
 * line by line as `name: number`, enough to see that a number went up.
 */
import { readYaml } from "../config/yaml.ts";
import { probeConfigOf, probeLoosenings } from "./probe-loosening.ts";

/** Names that probes, their settings and rules give their budgets; numbers in every notation that one of these formats has. */
const BUDGET =
  /(?:^|[\s{,"'])((?:p95|p99)(?:[_-](?:ms|latency_ms|latency|threshold|threshold_ms))|(?:max[_-])?(?:response[_-])?size[_-]kb|(?:max[_-])?failure[_-]rate|SHADOW_(?:P95_MS|P99_MS|MAX_SIZE_KB))["']?\s*[:=]\s*["']?(0x[\da-f]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)/giu;

/** Characters; GitHub takes no workflow of this size. */
const MAX_WORKFLOW_CHARS = 500_000;

interface Budget {
  readonly name: string;
  /** The name, and which one of that name it is. */
  readonly key: string;
  readonly value: number;
}

/** What a file at this path lets pass that its text at the base did not, in words. Null stands for no file: one that appears loosens nothing. */
export function fileLoosenings(path: string, base: string | null, head: string | null): readonly string[] {
  if (base === null || base === head) return [];
  const probe = probeConfigOf(path, base);
  if (probe !== null) return probeLoosenings(probe, probeConfigOf(path, head));
  return [...workflowWords(path, base, head), ...raisedBudgets(base, head)];
}

/** Which steps of a workflow are the gate cannot be said, so any change but of comments and white space counts. */
function workflowWords(path: string, base: string, head: string | null): readonly string[] {
  if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return [];
  if (head === null) return ["the workflow that runs the gate is gone"];
  const [was, is] = [base, head].map((text) => readYaml(text, MAX_WORKFLOW_CHARS));
  const isSame = was?.ok && is?.ok && JSON.stringify(was.source.value) === JSON.stringify(is.source.value);
  return isSame ? [] : ["the workflow that runs the gate was changed"];
}

/** What went up or away. Further ones of a name count where they are higher than all before, so that no decoy takes the place of one. */
function raisedBudgets(base: string, head: string | null): readonly string[] {
  const now = budgetsIn(head ?? "");
  const before = budgetsIn(base);
  const known = new Set(before.map(({ key }) => key));
  const changed = before.flatMap(({ key, value }) => {
    const is = now.find((each) => each.key === key)?.value;
    if (is === undefined) return [`the budget ${key} is gone`];
    return is > value ? [`the budget ${key} was ${value} and is ${is}`] : [];
  });
  const fresh = now.filter(({ key, name, value }) => {
    const ofName = before.filter((each) => each.name === name);
    return !known.has(key) && ofName.length > 0 && ofName.every((each) => value > each.value);
  });
  return [...changed, ...fresh.map(({ name, value }) => `a further budget ${name} is ${value}`)];
}

function budgetsIn(text: string): readonly Budget[] {
  const seen = new Map<string, number>();
  return [...text.matchAll(BUDGET)].map(([, name = "", value = ""]) => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { name, key: nth === 1 ? name : `${name} (${nth})`, value: Number(value.replaceAll("_", "")) };
  });
}
