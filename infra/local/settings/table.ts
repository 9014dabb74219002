/** The README's table of settings, made from the one list of variables. A test compares the two. */
import { LOST_VARIABLES, VARIABLES, type Variable } from "./variables.ts";

/** Markdown: name, old name, who reads it, default, meaning; then the names that lost their meaning. */
export function settingsTable(): string {
  const variables: readonly Variable[] = VARIABLES;
  const rows = variables.map(({ name, oldName, readBy, default: preset, meaning, flag }) => {
    const old = oldName === undefined ? "" : `\`${oldName}\``;
    const option = flag === undefined ? "" : ` (\`${flag}\`)`;
    return `| \`${name}\` | ${old} | ${readBy.join(", ")} | ${preset} | ${meaning}${option} |`;
  });
  const lost = LOST_VARIABLES.map(({ name, replacedBy }) => `| \`${name}\` | ${replacedBy} |`);
  return [
    "| variable | old name | read by | default | meaning |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    "| no longer read | instead |",
    "|---|---|",
    ...lost,
  ].join("\n");
}
