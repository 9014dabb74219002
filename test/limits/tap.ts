/** What a Worker has sent to its queues, kept for a test that wants to read it: only from the first time it asks. */

let kept: Uint8Array<ArrayBuffer>[] | undefined;

export function tap(body: unknown): void {
  // A copy, because the sender may use its buffer again.
  if (kept !== undefined && body instanceof Uint8Array) kept.push(new Uint8Array(body));
}

/** The messages since the last time, in base64. */
export function takeTapped(): readonly string[] {
  const taken = kept ?? [];
  kept = [];
  return taken.map((bytes) => Buffer.from(bytes).toString("base64"));
}
