/** Workloads of the drivers that run no compose file: a preview deployment somebody else runs, and a command of the operator's. */
import { readShadowOrigin } from "../../../core/shadow/origin.ts";
import type { PreviewWorkload, ProcessWorkload } from "../../../core/shadow/stack/spec.ts";
import type { CommitAt, GitHub } from "../github/github.ts";
import type { OperatorSettings, RepositorySettings } from "../settings/operator.ts";
import { found, refused, type Step } from "./step.ts";

export interface PreviewParts {
  readonly github: Pick<GitHub, "previewUrl">;
  readonly settings: Pick<OperatorSettings, "previewSuffixes">;
  /** Addresses of this machine pass as well. */
  readonly local: boolean;
}

/** The address is GitHub's word about the repository's word: only its host is taken, and only under a suffix of the operator's. */
export async function previewWorkload(
  { github, settings, local }: PreviewParts,
  commit: CommitAt,
  { previewEnvironment }: RepositorySettings,
): Promise<Step<PreviewWorkload>> {
  const url = await github.previewUrl(commit, previewEnvironment);
  if (url === null) return found({ kind: "preview", origin: null });
  const origin = URL.canParse(url) ? new URL(url).origin : "";
  const read = readShadowOrigin(origin, { allowed: settings.previewSuffixes.join(","), local });
  if (read.ok) return found({ kind: "preview", origin: read.value });
  const suffixes = settings.previewSuffixes.join(", ") || "nothing yet";
  return refused(
    read.reason,
    `GitHub names ${origin || "no address"} as this commit's preview. Traffic may go to names under ${suffixes}; the operator of Shadow Infra lists more.`,
  );
}

export function processWorkload({ process, fullName }: RepositorySettings): Step<ProcessWorkload> {
  if (process !== null) return found({ kind: "process", command: process.command, env: process.env });
  return refused(
    "process-not-set",
    `The driver "process" runs a command of the operator's, and there is none for ${fullName}. The operator adds one, or \`driver:\` names another on the base branch.`,
  );
}
