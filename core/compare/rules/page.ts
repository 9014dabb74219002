/** The documentation of the catalogue as Markdown, made of what each rule says of itself. `npm run docs:rules` writes it. */
import { CONTRACT_RULES, DIFFERENCE_RULES, PAIR_RULES } from "./catalogue.ts";
import type { Rule } from "./rule.ts";

const HEAD = `# Rules

Made from \`core/compare/rules\` by \`npm run docs:rules\`; do not edit it by hand.

A difference is a fact; a rule says what it means. Rules are asked in the order of this page, and the first that fires speaks for a
difference. An id is permanent: it is part of signatures, so approvals would be forgotten with it. The severity stands where nobody says more;
a model may move a finding between its floor and its ceiling, never beyond. *Proven* findings are never noise, whatever second answers show.
`;

/** The whole page. */
export function rulesPage(): string {
  const pairs = PAIR_RULES.flat().map((rule) => section(rule, false));
  const differences = DIFFERENCE_RULES.map((rule) => section(rule, rule.proven === true));
  const rules: readonly Rule[] = [...PAIR_RULES.flat(), ...DIFFERENCE_RULES, ...CONTRACT_RULES];
  const contract = CONTRACT_RULES.map((rule) => section(rule, false));
  return [
    HEAD,
    "| id | severity | floor to ceiling |\n|---|---|---|",
    ...rules.map(({ id, severity, floor, ceiling }) => `| [${id}](#${id}) | ${severity} | ${range(floor, ceiling)} |`),
    "\n## On a pair as a whole\n",
    ...pairs,
    "## On one difference\n",
    ...differences,
    "## Against the OpenAPI file\n",
    ...contract.map((text, at) => (at === contract.length - 1 ? text.trimEnd() : text)),
    "",
  ].join("\n");
}

function section({ id, title, severity, floor, ceiling, why, example }: Rule, proven: boolean): string {
  const note = proven ? ", proven" : "";
  return `### ${id}\n\n**${title}** (${severity}, ${range(floor, ceiling)}${note}). ${why}\nExample: ${example}.\n`;
}

function range(floor: string, ceiling: string): string {
  return floor === ceiling ? `always ${floor}` : `${floor} to ${ceiling}`;
}
