/**
 * One version of an example as a program of its own: `node serve.ts shop shadow FOLDER`, on the port that PORT names. The folder is that
 * of the start it belongs to: whoever lists the processes of this machine sees whose it is.
 */
import { createServer } from "node:http";
import { EXAMPLES } from "./index.ts";
import { EXAMPLE_NAMES } from "./names.ts";
import { exampleServer } from "./server.ts";

const [, , asked, version] = process.argv;
const name = EXAMPLE_NAMES.find((one) => one === asked);
if (name === undefined || (version !== "production" && version !== "shadow"))
  throw new Error(`Usage: PORT=3001 node serve.ts ${EXAMPLE_NAMES.join("|")} production|shadow`);
createServer(exampleServer(EXAMPLES[name][version])).listen(Number(process.env["PORT"]), "127.0.0.1");
