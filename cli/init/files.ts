/** The files that a repository begins with: what they are called and what they say. Pure; `write.ts` puts them into place. */
import { defaultGovernance } from "../../core/governance/defaults.ts";
import { DEFAULT_BUDGETS } from "../../core/probe/budgets.ts";
import { PRESETS, type PresetName } from "../../core/probe/presets.ts";
import type { Application, Repository } from "./stack.ts";
import { workflowFile } from "./workflow.ts";

export interface InitFile {
  /** Below the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export interface InitChoices {
  readonly application: Application;
  readonly start: string;
  readonly action: string;
  readonly paths: readonly string[];
  readonly preset: PresetName;
  readonly baseUrl: string;
  /** What answers 2xx when the service is up. */
  readonly healthPath: string;
  /** This project's own page on cryptography: others begin with its table. */
  readonly cryptography: string;
}

/** All of them, in the order in which they are best read. */
export function filesOf(choices: InitChoices): readonly InitFile[] {
  const { application, preset, baseUrl, healthPath } = choices;
  const probe = { preset, base_url: baseUrl, health_path: healthPath, budgets: DEFAULT_BUDGETS };
  return [
    { path: ".github/workflows/shadow-ci.yml", text: workflowFile(choices) },
    { path: ".shadow-infra/governance.json", text: json(defaultGovernance(application.stack)) },
    { path: ".shadow-infra/probe.json", text: json(probe) },
    { path: "docs/cryptography.md", text: cryptographyPage(choices.cryptography) },
  ];
}

/** The table that the rule on cryptography reads, without the exceptions and places of this project: those are nobody else's. */
export function cryptographyPage(own: string): string {
  const rows = own.split("\n").filter((line) => line.startsWith("|"));
  const [head = "", rule = "", ...rest] = rows;
  const kept = rest.map((row) => row.split("|")).filter(([, , , status = ""]) => status.trim() !== "exception");
  const plain = kept.map(([start = "", name = "", , ...others]) => [start, name, " ", ...others].join("|"));
  return `${PAGE_HEAD}\n${[head, rule, ...plain].join("\n")}\n`;
}

const PAGE_HEAD = `# Cryptography

The rule *Quantum-Safe Cryptography Only* reads this table; change it like code, with a reason. A row with the status \`exception\` holds in the
files that its second column names in backticks.
`;

function json(value: object): string {
  return `${laidOut(value, 0)}\n`;
}

/** Columns of a line. */
const WIDTH = 120;

/** What fits is one line, as people write it: a list of globs over thirty lines is read by nobody. */
function laidOut(value: unknown, indent: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) =>
      isList ? laidOut(each, indent + 1) : `${JSON.stringify(key)}: ${laidOut(each, indent + 1)}`,
    );
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const short = isList ? `[${parts.join(", ")}]` : `{ ${parts.join(", ")} }`;
  if (parts.length === 0) return open + close;
  if (indent > 0 && !short.includes("\n") && short.length + indent * 2 < WIDTH) return short;
  const margin = "  ".repeat(indent + 1);
  return `${open}\n${parts.map((part) => margin + part).join(",\n")}\n${"  ".repeat(indent)}${close}`;
}

/** The path that says whether the service is up: one of the usual ones that the source names, else the first GET that is probed anyway. */
export function healthPathOf({ paths, read }: Repository, preset: PresetName): string {
  const sources = paths.filter((path) => /\.(py|[cm]?[jt]sx?)$/.test(path)).slice(0, MAX_SOURCES);
  const texts = sources.map((path) => read(path) ?? "");
  const named = USUAL.find((path) => texts.some((text) => text.includes(`"${path}"`) || text.includes(`'${path}'`)));
  const { endpoints } = PRESETS[preset];
  return named ?? endpoints.find(({ method }) => method === "GET")?.path ?? "/";
}

const USUAL = ["/healthz", "/health", "/readyz", "/livez", "/ready"] as const;
/** Files that are looked at for a health route. */
const MAX_SOURCES = 500;
