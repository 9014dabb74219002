// Makes sure that a Chromium is there for the tests of the pages. Debian's own package, because a browser from elsewhere is
// not to be had on every machine. Without one the tests of the pages are skipped, loudly.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./node.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Path of an installed browser, or null. */
export function findBrowser() {
  if (process.env.CHROMIUM_PATH) return existsSync(process.env.CHROMIUM_PATH) ? process.env.CHROMIUM_PATH : null;
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** Installs Chromium where that needs no question; returns its path, or null with the reason on screen. */
export async function ensureBrowser(say) {
  const found = findBrowser();
  if (found !== null) return found;
  const apt = existsSync("/usr/bin/apt-get");
  const root = process.getuid?.() === 0;
  const prefix = root ? [] : existsSync("/usr/bin/sudo") ? ["sudo", "-n"] : null;
  if (apt && prefix !== null) {
    say("Installing Chromium for the tests of the pages (apt-get install chromium)");
    const quiet = { stdio: ["ignore", "ignore", "inherit"] };
    const steps = [
      ["apt-get", "update", "-qq"],
      ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ];
    for (const step of steps) {
      const [program, ...args] = [...prefix, ...step];
      if ((await run(program, args, { ...quiet, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })) !== 0)
        break;
    }
  }
  const installed = findBrowser();
  if (installed === null)
    say(
      "NO BROWSER: the tests of the pages are skipped. Install Chromium, or set CHROMIUM_PATH to one, and run again.",
    );
  return installed;
}
