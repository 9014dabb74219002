/** A framed part that scrolls sideways on narrow screens, also by keyboard. */
import type { ReactNode } from "react";

export function Scroller({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section
      aria-label={`${label}, scrolls sideways`}
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      {children}
    </section>
  );
}
