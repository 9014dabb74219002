/** Pairs by verdict as one thin bar. The numbers stand beside it in words, so it is hidden from readers of speech. */
import type { VerdictCounts } from "../../../core/wire/api/deployments.ts";

export function CountsBar({ counts }: { readonly counts: VerdictCounts }) {
  const parts = [
    { name: "critical", value: counts.critical, colour: "bg-critical-bar" },
    { name: "warning", value: counts.warning, colour: "bg-warning-bar" },
    { name: "undecided", value: counts.undecided, colour: "bg-undecided-bar" },
    { name: "safe", value: counts.safe, colour: "bg-safe-bar" },
  ].filter(({ value }) => value > 0);
  return (
    <div aria-hidden="true" className="flex h-1.5 w-full gap-px overflow-hidden rounded-full bg-line">
      {parts.map(({ name, value, colour }) => (
        <span key={name} className={`min-w-1 ${colour}`} style={{ flexGrow: value }} />
      ))}
    </div>
  );
}
