/** What GitHub's own actions do for a run on this machine, without their code: artifacts are folders, and the checkout is there already. */
import { cpSync, existsSync, globSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";

export interface Place {
  readonly workspace: string;
  readonly artifacts: string;
  /** RUNNER_TEMP of the job. */
  readonly temp: string;
}

interface Outcome {
  readonly code: number;
  readonly words: string;
}

type Action = (inputs: Readonly<Record<string, string>>, place: Place) => Outcome;

const ACTIONS: Readonly<Record<string, Action>> = {
  "actions/checkout": () => ({ code: 0, words: "checked out already" }),
  "actions/setup-node": () => ({ code: 0, words: `node ${process.versions.node}` }),
  "actions/setup-python": () => ({ code: 0, words: "the python of this machine" }),
  "actions/upload-artifact": upload,
  "actions/download-artifact": download,
};

/** The stand-in of an action. Throws for one that has none. */
export function actionOf(uses: string): Action {
  const action = ACTIONS[uses.split("@")[0] ?? ""];
  if (action === undefined) throw new Error(`${uses} has no stand-in here`);
  return action;
}

/** Missing files warn, unless told otherwise: https://github.com/actions/upload-artifact#inputs */
function upload({ name = "artifact", path = "", ...inputs }: Readonly<Record<string, string>>, place: Place): Outcome {
  const files = path
    .split("\n")
    .flatMap((pattern) => globSync(pattern.trim(), { cwd: place.workspace }))
    .filter((file) => existsSync(join(place.workspace, file)));
  if (files.length === 0)
    return { code: inputs["if-no-files-found"] === "error" ? 1 : 0, words: `no files were found with ${path}` };
  const folder = join(place.artifacts, name);
  mkdirSync(folder, { recursive: true });
  for (const file of files) cpSync(join(place.workspace, file), join(folder, basename(file)), { recursive: true });
  return { code: 0, words: `kept ${files.join(", ")}` };
}

function download({ path = "." }: Readonly<Record<string, string>>, place: Place): Outcome {
  cpSync(place.artifacts, join(place.workspace, path), { recursive: true });
  return { code: 0, words: "downloaded" };
}
