/** Algorithms in use against the table of those that are allowed. Calls and their literal arguments count; words in comments and texts do not. */

import { approvalHint, isApproved } from "../approval.ts";
import type { ChangedFile } from "../change.ts";
import type { Check, CheckInput, CheckResult } from "../check.ts";
import { algorithmsOf, MAY_USE } from "../cryptography/calls.ts";
import { lookedUp } from "../cryptography/names.ts";
import { type AlgorithmRow, type AlgorithmTable, algorithmTable, plainName } from "../cryptography/table.ts";
import { mentionsLike } from "../mentions.ts";
import type { CallFact } from "../source.ts";
import type { Hit } from "../violation.ts";

type Input = CheckInput<"cryptography">;

/** Calls that sign with whatever key they are given, and know no quantum-safe one. */
const CLASSICAL = ["RSA", "ECDSA", "DSA"];

export const cryptography: Check<"cryptography"> = (input): CheckResult => {
  const { check } = input;
  const tables = textsThatJudge(input).map(algorithmTable);
  if (tables.length === 0)
    return {
      notJudged: `the table of algorithms, ${check.table}, is not in what is judged: write it and commit it`,
    };
  const sound = tables.filter(({ size }) => size > 0);
  if (sound.length === 0)
    return {
      notJudged: `${check.table} has no table with the columns Algorithm and Status (allowed, forbidden, exception)`,
    };
  const files = input.files.filter((file) => mentionsLike(file, MAY_USE));
  return files.flatMap((file) => hitsIn(file, sound, input));
};

/** The head's, and the base's as long as nobody approved that it was changed: no change allows itself what it does. */
function textsThatJudge({ check: { table }, change, file, around }: Input): readonly string[] {
  const [head, base] = [around.read(table), around.read(table, "base")];
  const counts = base === null || base === head || isApproved([table], change, file.approval);
  return [head, counts ? null : base].filter((text) => text !== null);
}

function hitsIn(
  file: ChangedFile,
  tables: readonly AlgorithmTable[],
  { around, check, change, file: { approval } }: Input,
): readonly Hit[] {
  const calls = around.facts(file)?.calls ?? [];
  return calls.flatMap((call) =>
    algorithmsOf(call).flatMap((name) => {
      const reasons = tables.map((table) => wrongWith(name, table, (globs) => around.fits(file.path, globs)));
      const wrong = reasons.find((reason) => reason !== null);
      // The head's table stands first: what only the base's forbids waits for an approval.
      const isNew = reasons.length > 1 && reasons[0] === null;
      const hint = isNew
        ? `${check.table} allows it as the change has it. ${approvalHint(approval)}`
        : tableHint(check.table);
      return wrong === undefined
        ? []
        : [{ ...hitOf(file.path, call, { name, wrong }), hint, onlyWarns: isNew && change.scope === "staged" }];
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
}

function tableHint(table: string): string {
  return `Take an algorithm that ${table} allows, or add a row there with the reason and have it approved.`;
}

function hitOf(
  path: string,
  { callee, line, column }: CallFact,
  { name, wrong }: Use,
): Omit<Hit, "hint" | "onlyWarns"> {
  return {
    message: `${callee} uses ${name}, which ${wrong}`,
    path,
    line,
    column,
    subject: name,
  };
}
