/** Many small requests on raw keep-alive connections: an HTTP client of its own would cost more than the tee that is asked. */
import { connect, type Socket } from "node:net";

/** Connections at once, and requests under way on each (RFC 9112, 9.3.2: pipelining). */
const CONNECTIONS = 8;
const PIPELINED = 8;

const END_OF_HEAD = "\r\n\r\n";

export interface Many {
  readonly port: number;
  readonly count: number;
  /** The head of one request, without the empty line. */
  head(at: number): string;
  readonly signal: AbortSignal;
}

/** Sends them all; rejects when an answer is not 204 (production is asked for answers without a body). */
export async function sendMany(many: Many): Promise<void> {
  let next = 0;
  const take = (): number | undefined => (next < many.count ? next++ : undefined);
  await Promise.all(Array.from({ length: CONNECTIONS }, () => connection(many, take)));
}

function connection({ port, head, signal }: Many, take: () => number | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", signal });
    let underWay = 0;
    let rest = "";
    const fill = (): void => {
      while (underWay < PIPELINED) {
        const at = take();
        if (at === undefined) break;
        underWay += 1;
        socket.write(head(at) + END_OF_HEAD);
      }
      if (underWay === 0) socket.end();
    };
    socket.setNoDelay(true).on("connect", fill).on("error", reject);
    socket.on("close", () => (underWay === 0 ? resolve() : reject(new Error("a connection was closed"))));
    socket.setEncoding("latin1").on("data", (text: string) => {
      rest += text;
      for (let end = rest.indexOf(END_OF_HEAD); end !== -1; end = rest.indexOf(END_OF_HEAD)) {
        if (!rest.startsWith("HTTP/1.1 204 ")) return void socket.destroy(new Error(`answered ${rest.slice(0, 40)}`));
        rest = rest.slice(end + END_OF_HEAD.length);
        underWay -= 1;
      }
      fill();
    });
  });
}
