/** Runs one of the project's own tools to its end. Apart, because several layout tests ask one. */
import { execFile } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { ROOT } from "./project-tree.ts";

/** How a tool ended; `output` is both streams, without colours. */
export interface ToolRun {
  readonly code: number;
  readonly output: string;
}

/** Time a tool may take on a busy machine of two cores. Milliseconds. */
export const TOOL_TIMEOUT_MS = 240_000;

/** What a test shows of a tool's output. Characters. */
const MAX_OUTPUT_CHARS = 8000;

/** Runs a command line with the project's tools first on the PATH. Arguments hold no spaces. */
export function tool(commandLine: string): Promise<ToolRun> {
  const [name = "", ...args] = commandLine.split(/\s+/);
  const path = [join(ROOT, "node_modules/.bin"), dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
  const env = { ...process.env, PATH: path, NO_COLOR: "1", FORCE_COLOR: "0", WRANGLER_SEND_METRICS: "false" };
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env, maxBuffer: 64 * 1024 * 1024, shell: process.platform === "win32" };
    const child = execFile(name, args, options, (error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: shortened(`${stdout}${stderr}` || (error?.message ?? "")) }),
    );
  });
}

/** A failure message must stay readable: the end of a long output says most. */
function shortened(output: string): string {
  return output.length <= MAX_OUTPUT_CHARS ? output : `(shortened) ${output.slice(-MAX_OUTPUT_CHARS)}`;
}
