/** A moment, relative to now, with the absolute one as its title. */
import { absolute, ago } from "../words/times.ts";
import { useNow } from "./now.ts";

export function Ago({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={absolute(at)}>
      {ago(at, now)}
    </time>
  );
}
