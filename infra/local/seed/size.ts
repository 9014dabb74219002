/** How much is made up: the only input of the seed's SQL, so the same size and number always give the same rows. Pure. */

export interface SeedSize {
  readonly pairs: number;
  readonly deployments: number;
  /** Another number makes other rows of the same kind. */
  readonly seed: number;
}

/** What our own report API is measured with. */
export const DEFAULT_SIZE: SeedSize = { pairs: 100_000, deployments: 50, seed: 1 };

/** Routes of a deployment. */
export const ROUTES = 40;

/** Hosts, repositories and times of all that is made up: 2026-11-01, so that nothing depends on today. */
export const SEED_REPO_ID = 7;
export const SEED_HOST = "shop.example.com";
export const SEED_START_MS = Date.UTC(2026, 10, 1);

/** Deployment n of a seed: `7-100-<sha12>`. */
export function seededDeployment(n: number): string {
  return `${SEED_REPO_ID}-${FIRST_PULL + n}-${String(n).padStart(12, "0")}`;
}
export const FIRST_PULL = 100;
