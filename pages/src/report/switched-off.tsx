/** Says at the top that a host's kill switch is on: otherwise a quiet report would look like a quiet site. */
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { plain } from "../words/plain.ts";

export function SwitchedOff({ ledger }: { readonly ledger: Ledger | undefined }) {
  const hosts = (ledger?.hosts ?? []).filter(({ killSwitch }) => killSwitch === true).map(({ host }) => plain(host));
  if (hosts.length === 0) return null;
  return (
    <p role="status" className="mt-4 rounded border border-critical-bar bg-critical-tint px-3 py-2 text-critical">
      Mirroring of {hosts.join(", ")} is switched off by the kill switch. Nothing new is compared there.
    </p>
  );
}
