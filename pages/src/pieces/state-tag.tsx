/** Where a deployment stands in its life, with the reason where there is one. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import { plain } from "../words/plain.ts";

const WORDS: Readonly<Record<Deployment["state"], { readonly word: string; readonly dot: string }>> = {
  pending: { word: "Starting", dot: "border border-muted" },
  ready: { word: "Mirroring", dot: "bg-safe-bar" },
  failed: { word: "Failed", dot: "bg-critical-bar" },
  idle: { word: "Idle", dot: "border border-muted" },
  closing: { word: "Closing", dot: "bg-line-strong" },
  teardown_failed: { word: "Not removed", dot: "bg-critical-bar" },
  closed: { word: "Closed", dot: "bg-line-strong" },
};

export function StateTag({ deployment }: { readonly deployment: Pick<Deployment, "state" | "stateReason"> }) {
  const { word, dot } = WORDS[deployment.state];
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${dot}`} />
      <span>
        {word}
        {deployment.stateReason !== null && <span className="text-muted">: {plain(deployment.stateReason)}</span>}
      </span>
    </span>
  );
}
