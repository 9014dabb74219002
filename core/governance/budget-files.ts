/**
 * Budgets in files that are not rules: JSON, YAML, TOML or code, read line by line as `name: number`. Enough to see that a number went up;
 * no reader of those formats.
 */

/** Names that probes, their settings and rules give their budgets. */
const BUDGET =
  /(?:^|[\s{,"'])((?:p95|p99)(?:[_-](?:ms|latency_ms|latency|threshold|threshold_ms))|(?:max[_-])?(?:response[_-])?size[_-]kb|(?:max[_-])?failure[_-]rate|SHADOW_(?:P95_MS|P99_MS|MAX_SIZE_KB))["']?\s*[:=]\s*["']?(\d+(?:\.\d+)?)/giu;

interface Budget {
  /** The name, and which one of that name it is. */
  readonly key: string;
  readonly value: number;
}

/** What went up or away between two texts, in words. Null stands for no file: one that appears raises nothing. */
export function raisedBudgets(base: string | null, head: string | null): readonly string[] {
  if (base === null || base === head) return [];
  const now = new Map(budgetsIn(head ?? "").map(({ key, value }) => [key, value]));
  return budgetsIn(base).flatMap(({ key, value }) => {
    const is = now.get(key);
    if (is === undefined) return [`the budget ${key} is gone`];
    return is > value ? [`the budget ${key} was ${value} and is ${is}`] : [];
  });
}

function budgetsIn(text: string): readonly Budget[] {
  const seen = new Map<string, number>();
  return [...text.matchAll(BUDGET)].map(([, name = "", value = ""]) => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { key: nth === 1 ? name : `${name} (${nth})`, value: Number(value) };
  });
}
