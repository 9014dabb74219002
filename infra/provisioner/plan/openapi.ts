/** The OpenAPI file of the base branch. What is wrong with it is told and stops nothing: comparing goes on without it. */
import type { OpenApiParts } from "../../../core/config/compare-settings.ts";
import { readOpenApi } from "../../../core/openapi/read.ts";
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { ReadFile } from "./files.ts";

export interface OpenApiRead {
  readonly openapi: OpenApiParts | null;
  readonly notes: readonly ComposeNote[];
}

export async function openApiAt(path: string | undefined, read: ReadFile): Promise<OpenApiRead> {
  if (path === undefined) return { openapi: null, notes: [] };
  const file = await read(path);
  if (file?.kind !== "file")
    return {
      openapi: null,
      notes: [note(path, 1, "There is no such file on the base branch, so answers are not held against it.")],
    };
  const result = readOpenApi(file.text);
  if (result.ok) return { openapi: result.value, notes: result.warnings.map((words) => note(path, 1, words)) };
  return { openapi: null, notes: result.problems.map(({ line, message }) => note(path, line, message)) };
}

function note(file: string, line: number, message: string): ComposeNote {
  return { file, line, column: 1, key: "openapi", effect: "adjusted", code: "openapi", message };
}
