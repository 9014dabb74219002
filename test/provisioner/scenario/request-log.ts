/** The requests that reached stacks, as the apps write them down; how their logs are followed is for what they run on. */

export interface Seen {
  /** The stack's name. */
  readonly stack: string;
  readonly version: string;
  /** Unix milliseconds by the app's clock, which is this machine's. */
  readonly at: number;
  readonly host: string;
  readonly path: string;
}

export interface RequestLog {
  readonly seen: readonly Seen[];
  readonly of: (stack: string) => readonly Seen[];
  readonly close: () => Promise<void>;
}

/** Null: another line of the app's. */
export function requestIn(line: string): Omit<Seen, "stack"> | null {
  if (!line.startsWith('{"request":')) return null;
  // The app of these tests writes it so.
  return (JSON.parse(line) as { readonly request: Omit<Seen, "stack"> }).request;
}
