/** Checks ports before anything starts, so that a taken one is named with the option that moves it. */
import { createServer } from "node:net";

export interface WantedPort {
  readonly port: number;
  /** What will listen there, in words. */
  readonly use: string;
  /** The option that changes it. */
  readonly flag: string;
}

/** Addresses on which another program's listener would take our requests or refuse our own listener. */
const ADDRESSES = ["127.0.0.1", "0.0.0.0", "::1", "::"];

/** One sentence for each port that is taken, in the order given. */
export async function takenPorts(wanted: readonly WantedPort[]): Promise<readonly string[]> {
  const words: string[] = [];
  for (const { port, use, flag } of wanted) {
    if (await isTaken(port))
      words.push(
        `Port ${port} (${use}) is taken by another program. Stop that one, or choose another port with ${flag}.`,
      );
  }
  return words;
}

/** One address after the other: on some systems our own probes would refuse each other. */
async function isTaken(port: number): Promise<boolean> {
  for (const address of ADDRESSES) if (await refuses(port, address)) return true;
  return false;
}

/** Whether listening there fails because somebody does. A machine without IPv6 has nobody there. */
function refuses(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "EADDRINUSE" || error.code === "EACCES"),
    );
    probe.listen({ port, host: address, exclusive: true }, () => probe.close(() => resolve(false)));
  });
}

/** A port that is free now, for what nobody needs to find (examples, debuggers). Below 32768: above, outgoing connections take them. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!(await isTaken(port))) return port;
  }
}
