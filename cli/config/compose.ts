/** What the compose file of a folder would become: its notes, or why it cannot be run as a shadow. */
import type { ProjectConfig } from "../../core/config/schema.ts";
import type { ComposeNote } from "../../core/shadow/compose/note.ts";
import { readCompose } from "../../core/shadow/compose/read.ts";
import { composeAt } from "../../infra/provisioner/plan/compose.ts";
import { readComposeSchema } from "../../infra/provisioner/plan/compose-schema.ts";
import { entryOf } from "../../infra/provisioner/plan/entry.ts";
import { withoutSecrets } from "../../infra/provisioner/plan/secrets.ts";
import { filesIn } from "./folder.ts";

export type ComposeReport =
  | {
      readonly kind: "read";
      readonly services: readonly string[];
      readonly entry: { readonly service: string; readonly port: number };
      /** Services whose image nothing names yet. */
      readonly unnamed: readonly string[];
      readonly notes: readonly ComposeNote[];
    }
  | { readonly kind: "missing" | "refused"; readonly words: string; readonly notes: readonly ComposeNote[] };

/** `asked`: a path inside the folder; undefined: the configuration's, or the first of the usual names. */
export async function composeReport(root: string, config: ProjectConfig, asked?: string): Promise<ComposeReport> {
  const project = await composeAt(
    { readCompose, schema: readComposeSchema() },
    { path: asked ?? config.compose, variables: withoutSecrets(config.stack.env), read: filesIn(root) },
  );
  if (!project.ok) {
    const { code, words, notes } = project;
    return { kind: code === "compose-missing" ? "missing" : "refused", words, notes };
  }
  const { services, notes } = project.value;
  const entry = entryOf(project.value, config.service);
  if (!entry.ok) return { kind: "refused", words: entry.words, notes };
  const unnamed = services.filter(({ built, name }) => built && !Object.hasOwn(config.images, name));
  return {
    kind: "read",
    services: services.map(({ name }) => name),
    entry: entry.value,
    unnamed: unnamed.map(({ name }) => name),
    notes,
  };
}
