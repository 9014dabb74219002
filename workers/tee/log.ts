/** Lines for the operator. Only an error's words: never a request's or an answer's content. */

export function logError(what: string, error: unknown): void {
  const words = error instanceof Error ? error.message : String(error);
  console.error(JSON.stringify({ level: "error", what, error: words }));
}
