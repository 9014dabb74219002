/** `secret:NAME` in a repository's configuration: which value the operator gives it for that name. */
import type { RepositorySettings } from "../settings/operator.ts";
import { found, refused, type Step } from "./step.ts";

const FORM = /^secret:([A-Za-z_]\w{0,99})$/;

/** `key` is where the values stand in the file, for words: `stack.env`. Other values stay as they are. */
export function withSecrets(
  key: string,
  values: Readonly<Record<string, string>>,
  { secrets, fullName }: Pick<RepositorySettings, "secrets" | "fullName">,
): Step<Readonly<Record<string, string>>> {
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const [, wanted] = FORM.exec(value) ?? [];
    if (wanted !== undefined && !Object.hasOwn(secrets, wanted))
      return refused(
        "secret-missing",
        `${key}.${name} wants secret:${wanted}, which ${fullName} has not been given. The operator of Shadow Infra adds it to this repository's secrets; or take the line out on the base branch.`,
      );
    filled[name] = wanted === undefined ? value : (secrets[wanted] ?? "");
  }
  return found(filled);
}

/** Those whose value stands in the file itself. */
export function withoutSecrets(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !FORM.test(value)));
}
