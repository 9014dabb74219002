/** The button that fetches the next page of a list. */

export interface MoreProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

export function More({ query }: MoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <p className="mt-3">
      <button
        type="button"
        disabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
        className="rounded border border-line-strong bg-surface px-3 py-1.5 font-medium hover:bg-sunken"
      >
        {query.isFetchingNextPage ? "Loading…" : "Show more"}
      </button>
    </p>
  );
}
