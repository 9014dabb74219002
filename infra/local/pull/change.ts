/** The pull request of a local start, as data: which repository it is in, what it is called, and where its new version runs. */
import { join } from "node:path";
import type { ConfiguredRegistration } from "../../../core/config/registration.ts";
import type { Example } from "../examples/example.ts";
import { ROOT } from "../wrangler.ts";

/** A program that the provisioner runs, or a server of the user's that runs already. */
export type NewVersion =
  | { readonly kind: "command"; readonly command: readonly string[] }
  | { readonly kind: "address"; readonly url: string };

export interface Change {
  readonly repository: { readonly id: number; readonly fullName: string };
  readonly title: string;
  readonly branch: string;
  readonly version: NewVersion;
  /** Share of requests that are mirrored, and of those, the share for which production is asked twice. */
  readonly rate: number;
  readonly controlShare: number;
  /** What the user's own configuration says of mirroring and comparing. */
  readonly registration: Partial<ConfiguredRegistration>;
}

type Shares = Pick<Change, "rate" | "controlShare" | "registration">;

export function changeOfExample(
  { name, repository, repositoryId, pull }: Example,
  stateDir: string,
  shares: Shares,
): Change {
  const program = join(ROOT, "infra", "local", "examples", "serve.ts");
  const command = [process.execPath, "--no-warnings", program, name, "shadow", stateDir];
  return {
    ...shares,
    repository: { id: repositoryId, fullName: repository },
    title: pull.title,
    branch: pull.branch,
    version: { kind: "command", command },
  };
}

/** Any id will do that no example has. */
const SERVERS = { id: 1_000, fullName: "local/servers" };

export function changeOfServers(
  { prod, shadow }: { readonly prod: string; readonly shadow: string },
  shares: Shares,
): Change {
  return {
    ...shares,
    repository: SERVERS,
    title: `${prod} against ${shadow}`,
    branch: "local",
    version: { kind: "address", url: shadow },
  };
}

/** The hosts of a local start: the tee is asked under both. */
export const LOCAL_HOSTS = ["localhost", "127.0.0.1"] as const;

/** `.shadow-infra.yml` on the base branch of the repository, as a user would write it. */
export function projectFileOf({ version, rate, controlShare }: Change): string {
  return [
    "version: 1",
    `driver: ${version.kind === "command" ? "process" : "url"}`,
    `hosts: [${LOCAL_HOSTS.join(", ")}]`,
    `control: ${controlShare > 0 ? "refetch" : "off"}`,
    `sampling: { rate: ${rate} }`,
    "",
  ].join("\n");
}
