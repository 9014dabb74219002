/** Where a screen stands: the way back up. */
import { Link } from "@tanstack/react-router";

export interface CrumbsProps {
  /** Set below a report; its name is the text of the link. */
  readonly deployment?: { readonly id: string; readonly name: string };
  readonly here: string;
}

export function Crumbs({ deployment, here }: CrumbsProps) {
  return (
    <nav aria-label="Breadcrumb" className="mb-3 text-xs text-muted">
      <ol className="flex flex-wrap gap-x-1.5">
        <li>
          <Link to="/" className="underline">
            Deployments
          </Link>
        </li>
        {deployment !== undefined && (
          <li className="before:mr-1.5 before:content-['/']">
            <Link to="/deployments/$id" params={{ id: deployment.id }} className="underline">
              {deployment.name}
            </Link>
          </li>
        )}
        <li aria-current="page" className="wrap-anywhere before:mr-1.5 before:content-['/']">
          {here}
        </li>
      </ol>
    </nav>
  );
}
