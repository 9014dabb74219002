/**
 * Finds what still has to be replaced before an environment can be deployed: ids made of zeros, hosts under example.com.
 * Apart from the wiring, because placeholders fit together well and a dry run accepts them. Pure.
 */
import type { Stage } from "./project.ts";
import type { Deployable } from "./worker-config.ts";

/** A value that stands for one of the operator's own. */
export interface Placeholder {
  readonly file: string;
  readonly key: string;
  readonly value: string;
  /** How to get the real one. */
  readonly hint: string;
}

/** Zeros up to a last digit: ids of this shape are never given out. */
const ZERO_ID = /^0{8}-0{4}-0{4}-0{4}-0{11}\d$/;
/** Names that belong to nobody (RFC 2606), also in a route pattern: the end, or a path, follows. */
const RESERVED_HOST = /(^|\.)(example\.(com|net|org)|[a-z0-9-]+\.(example|test|invalid))(?=$|[/:])/i;

/** Every placeholder of one environment, in the order of its files. */
export function findPlaceholders(stage: Stage): readonly Placeholder[] {
  return Object.values(stage).flatMap((worker) => [...databaseIds(worker), ...hosts(worker)]);
}

function databaseIds(worker: Deployable): readonly Placeholder[] {
  return worker.d1_databases
    .filter((each) => ZERO_ID.test(each.database_id))
    .map((each) => ({
      file: worker.file,
      key: `database_id of ${each.binding}`,
      value: each.database_id,
      hint: `wrangler d1 create ${each.database_name}`,
    }));
}

function hosts(worker: Deployable): readonly Placeholder[] {
  return worker.routes.flatMap((route) => {
    const { pattern, zone_name: zone } = typeof route === "string" ? { pattern: route, zone_name: undefined } : route;
    const values = [
      { key: "pattern of routes", value: pattern, hint: "the host whose traffic is to be mirrored" },
      { key: "zone_name of routes", value: zone ?? "", hint: "the zone of that host in your Cloudflare account" },
    ];
    return values.filter(({ value }) => RESERVED_HOST.test(value)).map((each) => ({ file: worker.file, ...each }));
  });
}
