/** The real pre-commit: the one that is installed, else Debian's package where installing it needs no question. */
import { existsSync } from "node:fs";
import { ended } from "./checkout.ts";

const INSTALL = [
  ["apt-get", "update", "-qq"],
  ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "pre-commit"],
] as const;

/** Its version; null: it is not there and cannot be had. */
export async function preCommitVersion(): Promise<string | null> {
  const installed = await version();
  if (installed !== null) return installed;
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? [] : existsSync("/usr/bin/sudo") ? ["sudo", "-n"] : null;
  if (prefix === null || !existsSync("/usr/bin/apt-get")) return null;
  console.log("Installing pre-commit for the tests of the hooks (apt-get install pre-commit)");
  for (const step of INSTALL) {
    const [program = "", ...args] = [...prefix, ...step];
    const { code, said } = await ended(program, args, { cwd: "/", env: { DEBIAN_FRONTEND: "noninteractive" } });
    if (code !== 0) console.log(said);
  }
  return version();
}

async function version(): Promise<string | null> {
  const { code, said } = await ended("pre-commit", ["--version"], { cwd: "/" });
  return code === 0 ? said.trim() : null;
}
