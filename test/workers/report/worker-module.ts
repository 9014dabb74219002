/** A module of the report Worker in Node, for what cannot be seen from outside: what is mounted, what SQL is sent. */

/** `path` below workers/report. By name, because the Worker's platform types do not fit into the tests' program. */
export async function workerModule<T>(path: string): Promise<T> {
  const url = new URL(`../../../workers/report/${path}`, import.meta.url).href;
  // The caller names the few exports it uses.
  return (await import(/* @vite-ignore */ url)) as T;
}
