/** The published JSON Schema of `.shadow-infra.yml`, for editors and for anyone who writes the file. */
import { z } from "zod";
import { ProjectConfigSchema } from "./schema.ts";

/** As text with a final line break. */
export function publishedSchema(): string {
  const schema = z.toJSONSchema(ProjectConfigSchema, { io: "input", target: "draft-2020-12" });
  const { $schema, ...rest } = schema;
  const titled = {
    $schema,
    title: ".shadow-infra.yml",
    description: "What a repository says to Shadow Infra.",
    ...rest,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
