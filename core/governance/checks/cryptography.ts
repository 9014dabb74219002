/** Algorithms in use against the table of those that are allowed. Calls and their literal arguments count; words in comments and texts do not. */
import type { ChangedFile } from "../change.ts";
import type { Check, CheckInput } from "../check.ts";
import { algorithmsOf } from "../cryptography/calls.ts";
import { lookedUp } from "../cryptography/names.ts";
import { type AlgorithmRow, type AlgorithmTable, algorithmTable, plainName } from "../cryptography/table.ts";
import type { CallFact } from "../source.ts";
import type { Hit } from "../violation.ts";

type Input = CheckInput<"cryptography">;

/** Calls that sign with whatever key they are given, and know no quantum-safe one. */
const CLASSICAL = ["RSA", "ECDSA", "DSA"];

export const cryptography: Check<"cryptography"> = (input) => {
  const text = input.around.read(input.check.table);
  if (text === null)
    return {
      notJudged: `the table of algorithms, ${input.check.table}, is not in what is judged: write it and commit it`,
    };
  const table = algorithmTable(text);
  if (table.size === 0)
    return {
      notJudged: `${input.check.table} has no table with the columns Algorithm and Status (allowed, forbidden, exception)`,
    };
  return input.files.flatMap((file) => hitsIn(file, table, input));
};

function hitsIn(file: ChangedFile, table: AlgorithmTable, { around, check }: Input): readonly Hit[] {
  const calls = around.facts(file)?.calls ?? [];
  return calls.flatMap((call) =>
    algorithmsOf(call).flatMap((name) => {
      const wrong = wrongWith(name, table, (globs) => around.fits(file.path, globs));
      return wrong === null ? [] : [hitOf(file.path, call, { name, wrong, table: check.table })];
    }),
  );
}

/** Why a use is not allowed; null where it is. */
function wrongWith(name: string, table: AlgorithmTable, fits: (globs: readonly string[]) => boolean): string | null {
  if (name === "classical signature") {
    const reasons = CLASSICAL.map((each) => wrongWith(each, table, fits));
    return reasons.includes(null) ? null : (reasons[0] ?? null);
  }
  const rows = rowsFor(name, table);
  if (rows.length === 0) return "is not in the table";
  if (rows.some((row) => row.state === "allowed" || (row.state === "exception" && fits(row.where)))) return null;
  const [row] = rows;
  const instead = row === undefined || row.replacedBy === "" ? "" : `; use ${row.replacedBy}`;
  return row?.state === "exception" ? `is an exception that does not hold here${instead}` : `is forbidden${instead}`;
}

/** Rows of the nearest name that the table has; an exception for a variant does not speak for other files, so its family is asked as well. */
function rowsFor(name: string, table: AlgorithmTable): readonly AlgorithmRow[] {
  const [own = "", ...families] = lookedUp(plainName(name));
  const rows = table.get(own) ?? [];
  const isOnlyException = rows.every(({ state }) => state === "exception");
  const nearest = families.find((family) => family !== own && table.has(family));
  return isOnlyException && nearest !== undefined ? [...rows, ...(table.get(nearest) ?? [])] : rows;
}

interface Use {
  readonly name: string;
  readonly wrong: string;
  readonly table: string;
}

function hitOf(path: string, { callee, line, column }: CallFact, { name, wrong, table }: Use): Hit {
  return {
    message: `${callee} uses ${name}, which ${wrong}`,
    hint: `Take an algorithm that ${table} allows, or add a row there with the reason; the table is reviewed like code.`,
    path,
    line,
    column,
    subject: name,
    onlyWarns: false,
  };
}
