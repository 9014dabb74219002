// Finds the Node that runs TypeScript and runs a program on it. Plain JavaScript for Node 20, because it is what an older
// Node reads before it hands over. Apart from bootstrap.mjs, because the `shadow-infra` command starts here as well.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The first Node that runs .ts files without a flag: https://nodejs.org/en/blog/release/v22.18.0 */
const NEEDED = [22, 18];

/** How often it is checked that whoever started this is still there. Longer than one interrupt takes to reach everyone. */
const PARENT_POLL_MS = 2_000;

/** Whether the running Node can run the project itself. */
export function isNewEnough(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Path of the Node that the platform packages brought, or of the running one where that is new enough; null when neither is. */
export function findNode() {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = process.platform === "win32" ? "node.exe" : "node";
  const brought = join(ROOT, "node_modules", `node-${system}-${process.arch}`, "bin", name);
  if (existsSync(brought)) return brought;
  return isNewEnough() ? process.execPath : null;
}

export const NO_NODE = `Shadow Infra needs Node ${NEEDED.join(".")} or newer and this is ${process.versions.node}.
\`npm install\` brings one on Linux (x64, arm64) and Windows (x64); elsewhere install a newer Node and try again.`;

/** The environment of everything that is started: the project's programs come first, and nothing phones home. */
function environmentOf(program) {
  const own = [join(program, ".."), join(ROOT, "node_modules", ".bin")];
  return { ...process.env, PATH: [...own, process.env.PATH ?? ""].join(delimiter) };
}

/** Runs a program in the foreground with its signals passed on; resolves with its exit code. */
export function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: "inherit", env: environmentOf(program), ...options });
  const forward = (signal) => child.kill(signal);
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, forward);
  // npm that is ended by a signal does not pass it on: its shell goes, and whoever it ran would stay.
  const parent = process.ppid;
  const following = setInterval(() => process.ppid === parent || child.kill("SIGTERM"), PARENT_POLL_MS);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearInterval(following);
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 1));
    });
  });
}
