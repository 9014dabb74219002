/** What the `config` commands print for people: one line for each value, each problem and each note. */
import type { ComposeNote } from "../../core/shadow/compose/note.ts";
import type { ComposeReport } from "./compose.ts";
import type { LoadedFile, Problem, Value } from "./load.ts";
import type { Setting } from "./settings.ts";

const MAX_VALUE_CHARS = 60;

/** Three columns: key, value, where it is from. */
export function valueLines({ values, file, chosenBy, base }: LoadedFile): readonly string[] {
  const head =
    file === null ? "There is no .shadow-infra.yml here, so these are the defaults." : `${file} (by ${chosenBy})`;
  const held = base === null ? [] : [`held against ${base}: what judges or admits is from there`];
  return [head, ...held, "", ...columns(values.map((value) => [value.key, shown(value.value), placeOf(value)]))];
}

function placeOf({ from, place }: Value): string {
  if (place === null) return "default";
  const words = { base: " (base)", tightened: " (stricter than the base)", file: "", default: "" };
  return `${place}${words[from]}`;
}

export function settingLines(settings: readonly Setting[]): readonly string[] {
  const rows = settings.map(({ name, value, by, from }) => [name, value, by === null ? "default" : `${from} ${by}`]);
  return ["Settings of `shadow-infra dev` on this machine:", "", ...columns(rows)];
}

export function problemLine({ file, line, column, key, message }: Problem): string {
  return `${file}:${line}:${column}: ${key === "" ? "" : `${key}: `}${message}`;
}

export function composeLines(report: ComposeReport): readonly string[] {
  const notes = report.notes.map(noteLine);
  if (report.kind !== "read") return [...notes, report.words];
  const { services, entry, unnamed } = report;
  return [
    ...notes,
    `The compose file has ${services.length} ${services.length === 1 ? "service" : "services"} (${services.join(", ")}); ${entry.service} answers on port ${entry.port}.`,
    ...unnamed.map(
      (name) =>
        `Nothing names the image of ${name}, which is built from source. Add images: { ${name}: "registry.example/${name}:{sha}" }.`,
    ),
  ];
}

function noteLine({ file, line, column, key, effect, message }: ComposeNote): string {
  return `${file}:${line}:${column}: ${effect}: ${key}: ${message}`;
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

/** On one line, without what could move the cursor. */
function shown(value: unknown): string {
  const text = value === undefined ? "-" : (JSON.stringify(value) ?? "-");
  return text.length <= MAX_VALUE_CHARS ? text : `${text.slice(0, MAX_VALUE_CHARS - 1)}…`;
}
