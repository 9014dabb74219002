/** No run yet, or none that fits: names the next step. */
import { Link } from "@tanstack/react-router";

/** What a pipeline runs after its service is up. */
const COMMAND = "shadow-infra probe --base-url http://localhost:8001 --post-to http://localhost:8001";

export function EmptyTrends({ narrowed }: { readonly narrowed: boolean }) {
  return (
    <div className="mt-5 rounded-lg border border-dashed border-line-strong bg-surface px-6 py-10">
      <h2 className="text-lg font-semibold">{narrowed ? "No run fits these filters" : "No probe run yet"}</h2>
      <p className="mt-2 max-w-prose text-muted">
        {narrowed ? "A run with these labels has not been posted, or is older than what is kept. " : ""}
        Trends are made of the results that the probe posts, at best from every pipeline of the default branch:
      </p>
      <pre
        // The command is wider than a phone: it scrolls, so it takes the keyboard's focus.
        tabIndex={0}
        className="mt-3 overflow-x-auto rounded bg-sunken px-3 py-2 font-mono text-xs"
      >
        {COMMAND}
      </pre>
      {narrowed && (
        <p className="mt-4">
          <Link to="/trends" search={{}} className="underline">
            Show all runs
          </Link>
        </p>
      )}
    </div>
  );
}
