/** Which pull request, branch and commit a deployment is of. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import { plain } from "../words/plain.ts";
import { OutsideLink } from "./outside-link.tsx";

/** Characters of a commit's hash that are shown. */
const SHORT_SHA = 7;

export function PullLine({ deployment }: { readonly deployment: Deployment }) {
  const { repository, pull, headSha } = deployment;
  return (
    <p className="flex flex-wrap gap-x-2 text-xs text-muted">
      <span className="wrap-anywhere">{plain(repository.fullName)}</span>
      <OutsideLink to={pull.url}>#{pull.number}</OutsideLink>
      <span className="font-mono wrap-anywhere">{plain(pull.branch)}</span>
      <span className="font-mono" title={headSha}>
        {headSha.slice(0, SHORT_SHA)}
      </span>
    </p>
  );
}
