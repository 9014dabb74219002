/** A screen that has nothing to show, and why; and the note above one that shows what it had before. */
import { Link } from "@tanstack/react-router";
import { failureOf } from "../api/failure.ts";
import { failureWords } from "../words/failures.ts";

export function Failure({ error }: { readonly error: Error }) {
  const failure = failureOf(error);
  const { title, meaning, advice, code = [] } = failureWords(failure);
  return (
    <div role="alert" className="mx-auto mt-10 max-w-xl rounded-lg border border-line bg-surface p-6">
      <title>{`${title} · Shadow Infra`}</title>
      <h1 className="text-lg font-semibold">{title}</h1>
      <p className="mt-2">{meaning}</p>
      <p className="mt-2">{advice}</p>
      {code.length > 0 && (
        <pre className="mt-2 overflow-x-auto rounded bg-sunken px-3 py-2 font-mono text-xs">{code.join("\n")}</pre>
      )}
      {failure.detail !== "" && (
        <p className="mt-4 border-t border-line pt-3 text-xs wrap-anywhere whitespace-pre-line text-muted">
          {failure.status > 0 && `${failure.status} `}
          {failure.code} {failure.detail}
        </p>
      )}
      <p className="mt-4">
        <Link to="/" className="underline">
          All deployments
        </Link>
      </p>
    </div>
  );
}

/** Data is on screen, but the last attempt to renew it failed. */
export function Stale({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  return (
    <p role="status" className="mb-4 rounded border border-warning-bar bg-warning-tint px-3 py-2 text-warning">
      {failureWords(failureOf(error)).title}. What you see is from before; it is renewed as soon as the API answers.
    </p>
  );
}

/** Nothing has arrived yet. */
export function Loading() {
  return (
    <p role="status" className="mt-10 text-center text-muted">
      Loading…
    </p>
  );
}
