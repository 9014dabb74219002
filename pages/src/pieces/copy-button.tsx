/** Copies a text and says so for a moment. Says so too when the browser does not allow it. */
import { useEffect, useState } from "react";

/** How long the outcome is shown, in milliseconds. */
const SHOWN_MS = 2_000;

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome("Copied"),
      () => setOutcome("Copying is not allowed here"),
    );
  };
  return (
    <button
      type="button"
      onClick={copy}
      className="rounded border border-line-strong bg-surface px-2 py-1 text-xs font-medium hover:bg-sunken"
    >
      <span aria-live="polite">{outcome ?? label}</span>
    </button>
  );
}
