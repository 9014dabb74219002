/** Secrets that are written into files: what a change adds, or all of it where everything is looked at. Their values go nowhere. */
import type { Check } from "../check.ts";
import type { Hit } from "../violation.ts";

export const secrets: Check<"secrets"> = async ({ files, around }) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = await around.secrets(files.filter(({ text }) => text !== null));
  return found
    .filter(({ path, line }) => byPath.get(path)?.changedLines?.has(line) ?? true)
    .map(
      ({ path, line, column, what }): Hit => ({
        message: `holds what looks like a secret: ${what}`,
        hint: "Replace it where it was issued, since history keeps it, and read it from the environment. If it is none, add an exception with the reason.",
        path,
        line,
        column,
        subject: what,
        onlyWarns: false,
      }),
    );
};
