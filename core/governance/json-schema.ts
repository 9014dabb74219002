/** The published JSON Schema of `.shadow-infra/governance.json`, for editors and for anyone who writes the file. */
import { z } from "zod";
import { GovernanceFileSchema } from "./rules.ts";

/** As text with a final line break. */
export function publishedGovernanceSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(GovernanceFileSchema, { io: "input", target: "draft-2020-12" });
  const titled = {
    $schema,
    title: ".shadow-infra/governance.json",
    description: "The rules that changes of a repository are judged by.",
    ...rest,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
