/** What runs for the pull request: services with their states, how they are shut in, what was left out, and why it failed. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import { FactList } from "../pieces/fact-list.tsx";
import { Section } from "../pieces/section.tsx";
import { plain } from "../words/plain.ts";
import { notesInOrder, type Stack, stackLines, waitsFor } from "../words/stack.ts";

export function StackSection({ deployment }: { readonly deployment: Deployment }) {
  const { stack } = deployment;
  const waits = waitsFor(deployment);
  if (stack === null && waits.length === 0) return null;
  return (
    <Section title="Stack">
      {waits.length > 0 && <Waits words={waits} />}
      {stack !== null && (
        <>
          <FactList facts={stackLines(stack)} />
          <Services services={stack.services} />
          <Log log={stack.log} />
          <Notes notes={stack.notes} />
        </>
      )}
    </Section>
  );
}

function Waits({ words }: { readonly words: readonly string[] }) {
  return (
    <div className="mb-3 rounded border border-line-strong bg-sunken px-3 py-2">
      <p className="font-semibold">Nothing is mirrored yet. It waits for:</p>
      <ul className="list-inside list-disc">
        {words.map((each) => (
          <li key={each} className="wrap-anywhere">
            {plain(each)}
          </li>
        ))}
      </ul>
    </div>
  );
}

const DOTS: Readonly<Record<Stack["services"][number]["state"], string>> = {
  waiting: "border border-muted",
  starting: "border border-muted",
  ready: "bg-safe-bar",
  done: "bg-safe-bar",
  failed: "bg-critical-bar",
  idle: "bg-line-strong",
};

function Services({ services }: Pick<Stack, "services">) {
  if (services.length === 0) return null;
  return (
    <ul aria-label="Services" className="mt-3 divide-y divide-line rounded-lg border border-line bg-surface">
      {services.map(({ name, image, state, reason }) => (
        <li key={name} className="grid gap-x-4 gap-y-1 px-4 py-2 md:grid-cols-[9rem_7rem_minmax(0,1fr)]">
          <span className="font-semibold wrap-anywhere">{plain(name)}</span>
          <span className="inline-flex items-baseline gap-1.5">
            <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${DOTS[state]}`} />
            {state}
          </span>
          <span className="min-w-0">
            <span className="block font-mono text-xs text-muted wrap-anywhere">{plain(image)}</span>
            {reason !== null && <span className="block wrap-anywhere">{plain(reason)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Written by code under review: text, whatever it says. */
function Log({ log }: Pick<Stack, "log">) {
  if (log === null) return null;
  return (
    <figure className="mt-3">
      <figcaption className="mb-1 text-muted">The last lines of what failed</figcaption>
      <pre
        // It scrolls, so it takes the keyboard's focus.
        tabIndex={0}
        className="max-h-80 overflow-auto rounded border border-line bg-sunken px-3 py-2 font-mono text-xs"
      >
        {plain(log)}
      </pre>
    </figure>
  );
}

const EFFECTS: Readonly<Record<Stack["notes"][number]["effect"], string>> = {
  refused: "text-critical font-semibold",
  adjusted: "text-warning",
  dropped: "text-muted",
};

function Notes({ notes }: Pick<Stack, "notes">) {
  if (notes.length === 0) return null;
  return (
    <figure className="mt-3">
      <figcaption className="mb-1 text-muted">Keys of the compose file that do not run as they are written</figcaption>
      <ul
        aria-label="Keys of the compose file"
        className="divide-y divide-line rounded-lg border border-line bg-surface"
      >
        {notesInOrder(notes).map(({ file, line, key, effect, message }) => (
          <li key={`${file}:${line}:${key}:${message}`} className="px-4 py-2 wrap-anywhere">
            <span className={EFFECTS[effect]}>{effect}</span>{" "}
            <span className="font-mono text-xs">
              {plain(file)}:{line} {plain(key)}
            </span>
            : {plain(message)}
          </li>
        ))}
      </ul>
    </figure>
  );
}
