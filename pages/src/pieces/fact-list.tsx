/** Facts by name, each in a line or more of plain words. */
import { plain } from "../words/plain.ts";

export interface Fact {
  readonly name: string;
  readonly words: readonly string[];
}

export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line rounded-lg border border-line bg-surface">
      {facts.map(({ name, words }) => (
        <div key={name} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd className="wrap-anywhere">
            {words.map((line) => (
              <p key={line}>{plain(line)}</p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
