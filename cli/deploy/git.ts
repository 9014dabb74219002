/** What git says of the work tree before a deploy. Only a notice: what is deployed is what lies in the folder. */
import { run } from "./run.ts";

/** A sentence when something is not committed; undefined when all is, or when this is no git work tree. */
export async function gitNotice(root: string): Promise<string | undefined> {
  const { code, output } = await run(["git"], ["status", "--porcelain"], root);
  if (code !== 0) return undefined;
  const changed = output.split("\n").filter((line) => line !== "").length;
  return changed === 0 ? undefined : `${changed} file(s) are not committed and are deployed as they are.`;
}
