/**
 * What a `probe.json` lets pass that it did not before: endpoints that are no longer asked, fewer requests, another schema. Where it cannot
 * be said which of two settings is stricter, any change counts as looser. Reads no file.
 */
import { BUDGET_NAMES, type BudgetName, DEFAULT_BUDGETS } from "../probe/budgets.ts";
import { DEFAULT_PACE, type ProbeConfig, parseProbeConfig } from "../probe/config.ts";
import { DEFAULT_PRESET, PRESETS, type Preset } from "../probe/presets.ts";

/** Null where a file of this path and text is no `probe.json`. */
export function probeConfigOf(path: string, text: string | null): ProbeConfig | null {
  if (text === null || !path.endsWith(".json")) return null;
  const parsed = parseProbeConfig(text);
  return parsed.ok ? parsed.value : null;
}

/** In words. A head of null is a file that is gone, or that no longer can be read. */
export function probeLoosenings(base: ProbeConfig, head: ProbeConfig | null): readonly string[] {
  if (head === null) return ["it is gone, or cannot be read"];
  const now = new Map(endpointsOf(head).map((each) => [nameOf(each), each]));
  return [
    ...paceWords(base, head),
    ...BUDGET_NAMES.flatMap((name) => raised(name, base.budgets?.[name], head.budgets?.[name])),
    ...endpointsOf(base).flatMap((was) => {
      const is = now.get(nameOf(was));
      return is === undefined ? [`${nameOf(was)} is no longer asked`] : endpointWords(was, is, { base, head });
    }),
  ];
}

/** Files with schemas that it names, from the top of the repository; `path` is its own. */
export function schemaPathsOf(path: string, { endpoints = [] }: ProbeConfig): readonly string[] {
  const folder = path.split("/").slice(0, -1);
  return endpoints.flatMap(({ schema }) => (typeof schema === "string" ? [joined(folder, schema.split("/"))] : []));
}

function joined(folder: readonly string[], parts: readonly string[]): string {
  const whole = [...folder];
  for (const part of parts) {
    if (part === "..") whole.pop();
    else if (part !== "." && part !== "") whole.push(part);
  }
  return whole.join("/");
}

type Endpoint = Pick<NonNullable<ProbeConfig["endpoints"]>[number], "method" | "path"> & {
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly schema?: unknown;
  readonly expect_status?: unknown;
  readonly budgets?: ProbeConfig["budgets"];
};

function endpointsOf({ endpoints, preset = DEFAULT_PRESET }: ProbeConfig): readonly Endpoint[] {
  const { endpoints: usual }: Preset = PRESETS[preset];
  return endpoints ?? usual;
}

function nameOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

/** Whether more of it is stricter: fewer requests hide what is rare; a longer wait, and fewer at a time, let a slow service pass. */
const IS_MORE_STRICTER = { iterations: true, concurrency: true, warm_up: false, timeout_s: false } as const;
const PACE = ["iterations", "concurrency", "warm_up", "timeout_s"] as const;

function paceWords(base: ProbeConfig, head: ProbeConfig): readonly string[] {
  const pace = PACE.flatMap((key) => {
    const [was, is] = [base[key] ?? DEFAULT_PACE[key], head[key] ?? DEFAULT_PACE[key]];
    return (IS_MORE_STRICTER[key] ? is < was : is > was) ? [`${key} was ${was} and is ${is}`] : [];
  });
  const others = (["base_url", "headers"] as const).filter((key) => !same(base[key], head[key]));
  return [...pace, ...others.map((key) => `${key} is another`)];
}

function endpointWords(
  was: Endpoint,
  is: Endpoint,
  { base, head }: { readonly base: ProbeConfig; readonly head: ProbeConfig },
): readonly string[] {
  const name = nameOf(was);
  const others = [
    ...(same(was.schema, is.schema) ? [] : [`the schema of ${name} is another`]),
    ...(same(was.expect_status, is.expect_status) ? [] : [`the status that ${name} has to have is another`]),
    ...(same([was.headers, was.body], [is.headers, is.body]) ? [] : [`what is sent to ${name} is another`]),
  ];
  const own = BUDGET_NAMES.filter((each) => (was.budgets?.[each] ?? is.budgets?.[each]) !== undefined);
  const budgets = own.flatMap((each) =>
    raised(each, was.budgets?.[each] ?? base.budgets?.[each], is.budgets?.[each] ?? head.budgets?.[each]),
  );
  return [...others, ...budgets.map((words) => `${words} for ${name}`)];
}

/** One that a file does not say is the default. */
function raised(name: BudgetName, was = DEFAULT_BUDGETS[name], is = DEFAULT_BUDGETS[name]): readonly string[] {
  return is > was ? [`the budget ${name} was ${was} and is ${is}`] : [];
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
