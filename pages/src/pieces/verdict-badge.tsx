/** A verdict as a badge: word, shape and colour, so that colour is never the only sign. */
import type { Verdict } from "../words/headline.ts";

const LOOKS: Readonly<Record<Verdict, { readonly tint: string; readonly shape: string }>> = {
  Critical: { tint: "bg-critical-tint text-critical", shape: "M4 1h4l3 3v4l-3 3H4L1 8V4z" },
  Warning: { tint: "bg-warning-tint text-warning", shape: "M6 1l5.5 10H.5z" },
  Undecided: { tint: "bg-undecided-tint text-undecided", shape: "M6 .5L11.5 6 6 11.5.5 6z" },
  Safe: { tint: "bg-safe-tint text-safe", shape: "M6 1a5 5 0 100 10A5 5 0 006 1z" },
};

const FRAME = "inline-flex items-center gap-1.5 rounded px-1.5 py-0.5 text-xs font-semibold whitespace-nowrap";

/** `null` stands for a deployment without pairs. */
export function VerdictBadge({ verdict }: { readonly verdict: Verdict | null }) {
  if (verdict === null) return <span className={`${FRAME} bg-sunken text-muted`}>No pairs</span>;
  const { tint, shape } = LOOKS[verdict];
  return (
    <span className={`${FRAME} ${tint}`}>
      <svg viewBox="0 0 12 12" className="size-2.5 fill-current" aria-hidden="true">
        <path d={shape} />
      </svg>
      {verdict}
    </span>
  );
}
