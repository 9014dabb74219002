/** A titled part of a screen. */
import { type ReactNode, useId } from "react";

export interface SectionProps {
  readonly title: string;
  /** Said beside the title, in a quieter voice. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, note, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8">
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {note !== undefined && <div className="text-muted">{note}</div>}
      </div>
      {children}
    </section>
  );
}
