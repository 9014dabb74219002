/** How names in settings fit names in code: callees, modules and wildcards. The checks that read source share it. */
import type { CallFact, FunctionFact, SourceFacts } from "./source.ts";

/** A callee of the settings: `.predict`, `joblib.load`, `numpy.load(allow_pickle=True)`. */
interface Wanted {
  readonly name: string;
  /** Arguments that the call must have. */
  readonly args: readonly string[];
}

function wantedOf(setting: string): Wanted {
  const open = setting.indexOf("(");
  if (open === -1 || !setting.endsWith(")")) return { name: setting, args: [] };
  const args = setting.slice(open + 1, -1).split(",");
  return { name: setting.slice(0, open), args: args.map((arg) => arg.trim()).filter((arg) => arg !== "") };
}

/** Whether a name is the wanted one, alone or at the end of a longer one: `app.models.verify` is `verify`, `unverify` is not. */
export function isNamed(name: string, wanted: string): boolean {
  return name === wanted || name.endsWith(wanted.startsWith(".") ? wanted : `.${wanted}`);
}

/** Whether a call is one of those in the settings. */
export function isCallTo(call: CallFact, settings: readonly string[]): boolean {
  return settings.map(wantedOf).some(({ name, args }) => {
    return isNamed(call.callee, name) && args.every((arg) => call.args.includes(arg));
  });
}

/** A name with `*` for any characters. Takes time in proportion to both lengths, whatever they hold. */
export function fitsWildcard(name: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return name === pattern;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/**
 * The function that a call belongs to as a reader sees it: the nearest one with a name; where there is none, the outermost callback. -1 at the top
 * of the file.
 */
export function unitOf(functions: readonly FunctionFact[], scope: number): number {
  let outermost = scope;
  for (let at = scope; at >= 0; at = functions[at]?.parent ?? -1) {
    if (functions[at]?.name !== "") return at;
    outermost = at;
  }
  return outermost;
}

/** Whether `inner` is `outer` or a function inside of it. */
export function isInside(functions: readonly FunctionFact[], inner: number, outer: number): boolean {
  for (let at = inner; at >= 0; at = functions[at]?.parent ?? -1) if (at === outer) return true;
  return inner === outer;
}

/** Names of what wraps a function and the functions around it. */
export function wrappersAround({ functions }: SourceFacts, scope: number): readonly string[] {
  const wrappers: string[] = [];
  for (let at = scope; at >= 0; at = functions[at]?.parent ?? -1) wrappers.push(...(functions[at]?.wrappers ?? []));
  return wrappers;
}
