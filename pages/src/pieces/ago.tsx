/** A moment, relative to now, with the absolute one as its title. It is as fresh as the last poll. */
import { absolute, ago } from "../words/times.ts";

export function Ago({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={absolute(at)}>
      {ago(at, Date.now())}
    </time>
  );
}
