/** How the runner speaks with the origins' process: `POST /mode/<mode>` breaks or mends the shadow, `GET /` says what has arrived. */
import { MODES, type Mode } from "./faulty.ts";

export interface Counts {
  /** Requests that reached the shadow, and those it answered. */
  readonly asked: number;
  readonly answered: number;
  /** Different requests that reached production, and those that came more than once. */
  readonly prodRequests: number;
  readonly twice: number;
}

export function readMode(url: string | undefined): Mode | undefined {
  return MODES.find((mode) => url === `/mode/${mode}`);
}

export async function breakShadow(port: number, mode: Mode): Promise<void> {
  await (await fetch(`http://127.0.0.1:${port}/mode/${mode}`, { method: "POST" })).text();
}

export async function counts(port: number): Promise<Counts> {
  // The origins write it in this shape.
  return (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Counts;
}
