/** Pairs as the report has them: which version of the app gave the answers that are counted for a deployment. */
import { type PairDetail, PairDetailSchema, PairListSchema } from "../../../core/wire/api/pairs.ts";
import { eventually, type Seeing } from "./look.ts";

/** So many with their answers kept are looked at, at least. */
const ENOUGH = 5;

/** Each once. What gave no answer, or one of somebody else's, stands there in its own words. */
export async function versionsCounted(world: Seeing, id: string): Promise<readonly string[]> {
  const pairs = await eventually(world, `pairs of ${id}`, async () => {
    const found = await pairsOf(world, id);
    return found.length >= ENOUGH ? found : null;
  });
  return [...new Set(pairs.map(versionIn))];
}

async function pairsOf({ workers }: Seeing, id: string): Promise<readonly PairDetail[]> {
  const { items } = await workers.read(`/api/deployments/${id}/pairs?limit=100`, PairListSchema);
  const pairs = await Promise.all(items.map(async (pair) => workers.read(`/api/pairs/${pair.id}`, PairDetailSchema)));
  return pairs.filter(({ exchange }) => exchange !== null);
}

function versionIn({ exchange }: PairDetail): string {
  const shadow = exchange?.shadow;
  const body = shadow !== undefined && "body" in shadow ? shadow.body : null;
  return /"version":"(\d)"/.exec(body ?? "")?.[1] ?? JSON.stringify(shadow);
}
