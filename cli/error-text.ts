/** The words of an error that somebody else threw. Apart, because every command tells some. */

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Of `fetch`, whose own message says nothing: why it failed stands in the cause. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  return cause || messageOf(error);
}
