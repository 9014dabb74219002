/** A client on a thin line uploads 60 KB over 3 seconds: it passes piece by piece and is not waited for. */
import { request } from "node:http";
import { pause } from "../../servers/wait-for.ts";
import type { Cell, Trial } from "../cell.ts";
import { CLIENT_HEADER } from "../client/exchange.ts";
import { STALL_MS } from "../client/run.ts";
import { deploy } from "../deployment.ts";
import { atMost, never, type Row } from "../promise.ts";

const UPLOAD_BYTES = 60 * 1024;
const PIECES = 30;
const UPLOAD_MS = 3_000;
const TIMES = 3;

const NAME = "slow upload";

export const slowUpload: Cell = { name: NAME, run: measured };

async function measured({ rig, isQuick }: Trial): Promise<readonly Row[]> {
  const deployment = await deploy(rig);
  const { host } = deployment;
  await upload(rig.ports.tee, host, 1);
  const added: number[] = [];
  const wrong: string[] = [];
  for (let time = 0; time < (isQuick ? 1 : TIMES); time += 1) {
    const [on, off] = await Promise.all([
      upload(rig.ports.tee, host, UPLOAD_MS),
      upload(rig.ports.off, "off.test", UPLOAD_MS),
    ]);
    added.push(on.afterLastMs - off.afterLastMs);
    if (on.answer !== off.answer) wrong.push(`${on.answer} instead of ${off.answer}`);
  }
  await deployment.close();
  const value = added.toSorted((a, b) => a - b)[Math.floor(added.length / 2)] ?? Number.NaN;
  return [
    atMost(NAME, `wait after the last of ${UPLOAD_BYTES / 1024} KB in ${UPLOAD_MS / 1000} s, above the control`, {
      limit: STALL_MS,
      value,
      unit: "ms",
    }),
    never(NAME, "uploads that arrived changed", wrong),
  ];
}

interface Uploaded {
  readonly answer: string;
  /** From the last piece to the whole answer. */
  readonly afterLastMs: number;
}

function upload(port: number, host: string, overMs: number): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    let lastAt = 0;
    const headers = { host, "content-length": UPLOAD_BYTES, "content-type": "text/plain", [CLIENT_HEADER]: "slow" };
    const options = { host: "127.0.0.1", port, method: "POST", path: "/b/1", headers, agent: false };
    const outgoing = request(options, (incoming) => {
      let answer = "";
      incoming.setEncoding("utf8").on("data", (text: string) => (answer += text));
      incoming.on("error", reject).on("end", () => resolve({ answer, afterLastMs: performance.now() - lastAt }));
    });
    outgoing.on("error", reject);
    const pieces = async (): Promise<void> => {
      for (let piece = 0; piece < PIECES; piece += 1) {
        await pause(overMs / PIECES);
        outgoing.write(Buffer.alloc(UPLOAD_BYTES / PIECES, "slow "));
      }
      lastAt = performance.now();
      outgoing.end();
    };
    void pieces().catch(reject);
  });
}
