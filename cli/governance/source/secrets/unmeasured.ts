/**
 * Keeps secretlint from measuring itself: it notes over a hundred entries for each file and never forgets one, gigabytes for a large change. The switch is
 * in a package of its own, so it is reached through it. Without the switch all is found just as well, only slower.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

interface Measuring {
  readonly secretLintProfiler: { readonly setEnabled: (isEnabled: boolean) => void };
}

/** Whether it could be told. */
export async function stopMeasuring(): Promise<boolean> {
  const module: unknown = await import(profilerUrl()).catch(() => null);
  if (!isMeasuring(module)) return false;
  module.secretLintProfiler.setEnabled(false);
  return true;
}

function profilerUrl(): string {
  const core = createRequire(import.meta.url).resolve("@secretlint/core");
  return pathToFileURL(createRequire(core).resolve("@secretlint/profiler")).href;
}

function isMeasuring(module: unknown): module is Measuring {
  if (typeof module !== "object" || module === null || !("secretLintProfiler" in module)) return false;
  const { secretLintProfiler: profiler } = module;
  return (
    typeof profiler === "object" &&
    profiler !== null &&
    "setEnabled" in profiler &&
    typeof profiler.setEnabled === "function"
  );
}
