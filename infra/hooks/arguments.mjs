// What a hook manager says in the environment instead of in arguments. Apart from the launcher so that it can be tested without starting it.

/**
 * `pre-commit run --from-ref A --to-ref B`, and its pre-push stage, name two commits: then nothing is staged, and what lies between the two is
 * looked at, with the rules on commits. Every other call stays as it is.
 */
export function argumentsFor(args, { PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to }) {
  if (!args.includes("--staged") || !from || !to) return args;
  return [...args.filter((arg) => arg !== "--staged"), "--base", from, "--head", to];
}
