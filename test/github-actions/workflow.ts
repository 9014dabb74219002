/** A workflow as plain data. What is wrong with one, `./parser.ts` says. */
import { parse } from "yaml";
import { z } from "zod";

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z.record(z.string(), text);

const StepSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  if: text.optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  with: texts.default({}),
  env: texts.default({}),
  "continue-on-error": z.boolean().default(false),
  "working-directory": z.string().optional(),
});
export type Step = z.infer<typeof StepSchema>;

const JobSchema = z.object({
  needs: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  if: text.optional(),
  "runs-on": z.string(),
  "timeout-minutes": z.number().optional(),
  permissions: texts.optional(),
  outputs: texts.default({}),
  env: texts.default({}),
  steps: z.array(StepSchema),
});

const WorkflowSchema = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: texts,
  concurrency: z.object({ group: z.string(), "cancel-in-progress": text }),
  env: texts.default({}),
  jobs: z.record(z.string(), JobSchema),
});
export type Workflow = z.infer<typeof WorkflowSchema>;

export function readWorkflow(content: string): Workflow {
  return WorkflowSchema.parse(parse(content));
}

/** Keys of a document, however deep. */
export function keysOf(content: string): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      keys.add(key);
      visit(inner);
    }
  };
  visit(parse(content));
  return keys;
}
