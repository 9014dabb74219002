/** Starts the stand-in of GitHub's API: state in memory, HTTP on 127.0.0.1. */
import type { GitHubOptions, LocalGitHub } from "./stand-in.ts";

export async function startGitHub(_options: GitHubOptions = {}): Promise<LocalGitHub> {
  return await Promise.reject(new Error("not written yet"));
}
