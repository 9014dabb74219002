/** A link to an address from data. Anything but http and https stays text. */
import type { ReactNode } from "react";
import { safeHref } from "../words/plain.ts";

export function OutsideLink({ to, children }: { readonly to: string | null; readonly children: ReactNode }) {
  const href = safeHref(to);
  if (href === null) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="underline">
      {children}
    </a>
  );
}
