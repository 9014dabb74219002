/** Settings of this machine that go before or beside the file, and who says each of them. */

import type { Environment } from "../../infra/local/settings/read.ts";
import { VARIABLES, type Variable } from "../../infra/local/settings/variables.ts";

export interface Setting {
  readonly name: string;
  /** What holds; in words where there is no value. Secrets are never told. */
  readonly value: string;
  readonly from: "flag" | "environment" | "default";
  /** The flag, or the variable it is read from: its old name too. Null for a default. */
  readonly by: string | null;
}

/** Of the local start. `flags` are those given to the command, by name. */
export function settingsOf(env: Environment, flags: Readonly<Record<string, string | undefined>>): readonly Setting[] {
  const variables: readonly Variable[] = VARIABLES;
  return variables.filter(({ readBy }) => readBy.includes("dev")).map((variable) => settingOf(variable, env, flags));
}

function settingOf(variable: Variable, env: Environment, flags: Readonly<Record<string, string | undefined>>): Setting {
  const { name, oldName, flag, secret } = variable;
  const shown = (value: string): string => (secret === true ? "(set, not shown)" : value);
  const given = flag === undefined ? undefined : flags[flag];
  if (flag !== undefined && given !== undefined) return { name, value: shown(given), from: "flag", by: flag };
  for (const by of [name, oldName]) {
    const value = by === undefined ? undefined : env[by];
    if (by !== undefined && value !== undefined && value !== "")
      return { name, value: shown(value), from: "environment", by };
  }
  return { name, value: variable.default, from: "default", by: null };
}
