/** One pair side by side: the request, what both sides answered, what differs, and what was found in it. */
import { useQuery } from "@tanstack/react-query";
import type { PairDetail } from "../../../core/wire/api/pairs.ts";
import { deploymentQuery, pairQuery } from "../api/queries.ts";
import { Crumbs } from "../frame/crumbs.tsx";
import { Failure, Loading } from "../frame/failure.tsx";
import { Bodies } from "./bodies.tsx";
import { Findings } from "./findings.tsx";
import { HeadersTable } from "./headers-table.tsx";
import { PairHead } from "./pair-head.tsx";
import { Sides } from "./sides.tsx";

export function PairScreen({ id }: { readonly id: string }) {
  const { data: pair, error } = useQuery(pairQuery(id));
  if (pair === undefined) return error === null ? <Loading /> : <Failure error={error} />;
  return <Whole pair={pair} />;
}

function Whole({ pair }: { readonly pair: PairDetail }) {
  // Only for the name in the breadcrumb and the address in the curl command: the pair is shown without it.
  const deployment = useQuery(deploymentQuery(pair.deploymentId)).data;
  const name = deployment === undefined ? "Report" : `#${deployment.pull.number}`;
  return (
    <>
      <title>{`${pair.method} ${pair.path} · Shadow Infra`}</title>
      <Crumbs deployment={{ id: pair.deploymentId, name }} here="Pair" />
      <PairHead pair={pair} shadowOrigin={deployment?.shadowOrigin ?? null} />
      <Sides pair={pair} />
      <Findings findings={pair.findings} />
      {pair.exchange === null ? (
        <p className="mt-8 rounded-lg border border-dashed border-line-strong px-4 py-3 text-muted">
          {pair.equal ? EQUAL : NOT_KEPT}
        </p>
      ) : (
        <>
          <HeadersTable exchange={pair.exchange} findings={pair.findings} />
          <Bodies exchange={pair.exchange} findings={pair.findings} />
        </>
      )}
    </>
  );
}

const EQUAL = "Both answers were equal byte for byte; bodies are not kept.";

const NOT_KEPT =
  "The answers of this pair were not kept. Answers are kept for examples of each drift and for a share of the Safe pairs; the figures above and the findings are all there is of the others.";
