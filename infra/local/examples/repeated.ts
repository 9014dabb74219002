/** Makes an example's traffic out of its paths. Apart, because both examples are visited in the same way. */
import type { ExampleRequest } from "./example.ts";

/** What is sent and deliberately not compared, so that the accounting has something to explain. */
const NOT_COMPARED: readonly ExampleRequest[] = [
  // Someone who is logged in: the shadow gets no credentials, so the answers could not be compared.
  ...Array.from({ length: 4 }, (): ExampleRequest => ({ method: "GET", path: "/", headers: { cookie: "seen=1" } })),
  // Something that writes: the shadow gets no copy unless that is asked for.
  ...Array.from({ length: 4 }, (): ExampleRequest => ({ method: "POST", path: "/" })),
];

/** Each path so many times, spread out so that no route's requests come in one burst, and the few that are skipped. */
export function repeated(paths: readonly string[], times: number): readonly ExampleRequest[] {
  const once = spread(paths);
  const all = Array.from({ length: times }, () => once.map((path): ExampleRequest => ({ method: "GET", path }))).flat();
  return [...all, ...NOT_COMPARED];
}

/** A fixed shuffle: steps through the list by a number that shares no divisor with its length. */
function spread<T>(list: readonly T[]): readonly T[] {
  const step = [37, 41, 43, 47].find((prime) => list.length % prime !== 0) ?? 1;
  return list.map((_, i) => list[(i * step) % list.length]).filter((element) => element !== undefined);
}
