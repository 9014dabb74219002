/** Schemas of stored data that change without a new migration beside them. */
import type { ChangedFile } from "../change.ts";
import type { Check } from "../check.ts";
import { notAChange } from "./not-a-change.ts";

export const schemaMigration: Check<"schema-migration"> = ({ check, rule, change, around }) => {
  const none = notAChange(change);
  if (none !== null) return none;
  const isMigration = (path: string) => around.fits(path, check.migrations);
  // A migration that ran somewhere is not edited: only a new one counts.
  if (change.files.some(({ path, status }) => status === "added" && isMigration(path))) return [];
  const isSchema = (path: string) =>
    around.fits(path, check.schemas) && around.fits(path, rule.scope) && !isMigration(path);
  return change.files
    .filter(({ path, oldPath }) => isSchema(path) || (oldPath !== null && isSchema(oldPath)))
    .filter((file) => file.status !== "unchanged" && !isOnlyMoved(file))
    .map(({ path }) => ({
      message: `the schema ${path} changes and the change adds no migration`,
      hint: `Add a migration (${check.migrations.join(", ")}) in the same change.`,
      path,
      line: null,
      column: null,
      subject: path,
      onlyWarns: false,
    }));
};

/** Moved as it was, it describes the same tables. */
function isOnlyMoved({ status, added, removed }: ChangedFile): boolean {
  return status === "renamed" && added + removed === 0;
}
