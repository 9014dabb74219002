/** A port of this machine for a shadow. Below 32768: above, outgoing connections take them. */
import { createServer } from "node:net";

const FIRST = 20_000;
const COUNT = 12_000;

/** Free now, on 127.0.0.1. Whoever takes it before the shadow does makes the shadow fail by name, and it is started anew. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
