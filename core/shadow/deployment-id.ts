/** The id of a shadow deployment: repository, pull request and commit. Never the pull request's number alone. */

/** Characters of the commit's SHA that go into the id. */
const SHA_LENGTH = 12;

/** `<repoId>-<pr>-<sha12>`. */
export function deploymentIdOf(repoId: number, pr: number, headSha: string): string {
  return `${repoId}-${pr}-${headSha.slice(0, SHA_LENGTH)}`;
}
