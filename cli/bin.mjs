#!/usr/bin/env node
// Entry of the `shadow-infra` command. Plain JavaScript, because an older Node must be able to read it before it hands over
// to the Node that the project brings (platform packages), which runs TypeScript itself.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import("./main.ts");
} else {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const brought = fileURLToPath(
    new URL(
      `../node_modules/node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}/bin/${name}`,
      import.meta.url,
    ),
  );
  if (!existsSync(brought)) {
    console.error(
      `shadow-infra needs Node 22.18 or newer and this is ${process.versions.node}. Run \`npm install\` in the project, which brings one on Linux and Windows, or install a newer Node.`,
    );
    process.exit(2);
  }
  // The terminal sends its signals to the child as well; this parent only waits for it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  const { status, signal } = spawnSync(brought, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exit(status ?? 128 + (signal ? constants.signals[signal] : 1));
}
