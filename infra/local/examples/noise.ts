/** What changes from answer to answer although the code is the same. The examples differ by it in every pair. */
import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";

export const clock = (): string => new Date().toISOString();
export const clockForHeaders = (): string => new Date().toUTCString();
export const epochSeconds = (): number => Math.floor(Date.now() / 1000);
export const uuid = (): string => randomUUID();
/** An opaque token of so many random bytes. */
export const opaque = (bytes: number): string => randomBytes(bytes).toString("base64url");
export const hexHash = (): string => createHash("sha256").update(randomBytes(16)).digest("hex");
/** A whole number that follows from nothing: queue lengths, temperatures. */
export const anyNumber = (from: number, to: number): number => randomInt(from, to);

/** The same elements in any order, never the order given. */
export function shuffled<T>(list: readonly T[]): readonly T[] {
  const order = list.map((element) => ({ element, at: Math.random() })).toSorted((a, b) => a.at - b.at);
  return order.map(({ element }) => element);
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID of now: 10 characters of time, 16 of chance. */
export function ulidNow(): string {
  const time = Array.from({ length: 10 }, (_, i) => CROCKFORD[Math.floor(Date.now() / 32 ** (9 - i)) % 32]);
  const chance = Array.from({ length: 16 }, () => CROCKFORD[randomInt(32)]);
  return [...time, ...chance].join("");
}
