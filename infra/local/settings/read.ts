/** Reads settings: flag, then environment, then the old name, then the default. Pure: the environment is a parameter. */
import { LOST_VARIABLES, VARIABLES, type Variable } from "./variables.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

type Name = (typeof VARIABLES)[number]["name"];

/** The value of a variable, or of its old name; undefined when neither is set. An empty value counts as not set. */
export function readVariable(env: Environment, name: Name): string | undefined {
  const variable: Variable | undefined = VARIABLES.find((one) => one.name === name);
  const old = variable?.oldName;
  return env[name] || (old === undefined ? undefined : env[old]) || undefined;
}

/** One sentence for each variable that is set and has lost its meaning, or that is read under its old name. */
export function noticesOf(env: Environment): readonly string[] {
  const lost = LOST_VARIABLES.filter(({ name }) => env[name]);
  const variables: readonly Variable[] = VARIABLES;
  const old = variables.filter(({ name, oldName }) => oldName !== undefined && env[oldName] && !env[name]);
  return [
    ...lost.map(({ name, replacedBy }) => `${name} is set and has no meaning any more. ${replacedBy}`),
    ...old.map(({ name, oldName }) => `${oldName} is read as ${name}, its name today.`),
  ];
}
