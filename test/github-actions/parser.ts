/** What is wrong with workflows and actions, by GitHub's own parser. Apart from their reading, because it takes a second to load. */
import { registerHooks } from "node:module";

// The parser imports its schema as bundlers allow it and Node does not: without saying that it is JSON.
const hooks = registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".min.json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");
hooks.deregister();

/** What GitHub would refuse, each in words; none where it would start. */
export async function workflowErrors(content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: "shadow-ci.yml", content }, new NoOperationTraceWriter());
  // Jobs that need each other are looked at when the file has the right form.
  const { errors = [] } = value === undefined ? {} : await convertWorkflowTemplate(context, value);
  const all = [...context.errors.getErrors().map(({ message }) => message), ...errors.map(({ Message }) => Message)];
  return [...new Set(all)];
}

/** The same of an `action.yml`. */
export function actionErrors(content: string): readonly string[] {
  const { context } = parseAction({ name: "action.yml", content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}
