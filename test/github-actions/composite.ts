/** Runs a composite action of this project as a step: its inputs, its own steps, and what they set as its outputs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type Contexts, interpolated } from "./expressions.ts";
import { runScript, type ScriptPlace } from "./step.ts";

const ActionSchema = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().default("") })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({
    using: z.literal("composite"),
    steps: z.array(
      z.object({
        id: z.string(),
        shell: z.literal("bash"),
        run: z.string(),
        env: z.record(z.string(), z.string()).default({}),
      }),
    ),
  }),
});

/** `folder` has the `action.yml`; `given` are the inputs of the step. Ends with the first step that fails. */
export async function runComposite(
  folder: string,
  given: Readonly<Record<string, string>>,
  place: ScriptPlace,
): Promise<{ code: number; output: string; outputs: Readonly<Record<string, string>> }> {
  const action = ActionSchema.parse(parse(readFileSync(join(folder, "action.yml"), "utf8")));
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name));
  // GitHub only warns; here nobody would see it.
  if (unknown.length > 0) return { code: 1, output: `unexpected inputs: ${unknown.join(", ")}`, outputs: {} };
  const defaults = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
  const inputs = { ...defaults, ...given };
  const steps: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  let output = "";
  let code = 0;
  for (const { id, run, env } of action.runs.steps) {
    if (code !== 0) break;
    const contexts: Contexts = { inputs, steps };
    const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, interpolated(value, contexts)]));
    const all = { ...place.env, ...own, GITHUB_ACTION_PATH: folder };
    const done = await runScript(run, { ...place, env: all });
    ({ code } = done);
    output += done.output;
    steps[id] = { outputs: done.outputs };
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    interpolated(value, { inputs, steps }),
  ]);
  return { code, output, outputs: Object.fromEntries(outputs) };
}
