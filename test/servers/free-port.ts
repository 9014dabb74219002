/**
 * Finds a port that nothing listens on, for servers of tests.
 * Below 32768, where the system hands out ports for outgoing connections: one of those could take the port in between.
 */
import { createServer } from "node:net";

const LOWEST = 10_000;
const ABOVE_HIGHEST = 32_768;
const ATTEMPTS = 50;

/** A free port on 127.0.0.1. Random, so that test files which run side by side seldom meet. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = LOWEST + Math.floor(Math.random() * (ABOVE_HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${ABOVE_HIGHEST} in ${ATTEMPTS} attempts`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
