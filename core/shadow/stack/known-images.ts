/**
 * What is known of public images that nearly every compose file uses and nearly no file says: where they listen, and the user they
 * change to when they start as root, which lets them run where root may not. From their Dockerfiles on https://hub.docker.com/u/library
 */
import type { ServicePort } from "../compose/project.ts";

export interface KnownImage {
  readonly ports: readonly ServicePort[];
  /** Numeric user and group; null: it is not root's already, or it needs root to start. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
}

type Row = readonly [names: string, ports: readonly number[], user: KnownImage["user"], alpine?: KnownImage["user"]];

const id = (uid: number, gid = uid): KnownImage["user"] => ({ uid, gid });

const ROWS: readonly Row[] = [
  ["postgres", [5432], id(999), id(70)],
  ["mysql", [3306], id(999)],
  ["mariadb", [3306], id(999)],
  ["mongo", [27_017], id(999)],
  ["redis", [6379], id(999), id(999, 1000)],
  ["valkey/valkey", [6379], id(999), id(999, 1000)],
  ["rabbitmq", [5672, 15_672], id(999), id(100, 101)],
  ["memcached", [11_211], null],
  ["nginx", [80], null],
  ["httpd", [80], null],
  ["elasticsearch", [9200, 9300], null],
  ["minio/minio", [9000], null],
  ["nats", [4222, 8222], null],
  ["zookeeper", [2181], id(1000)],
];

const BY_NAME: ReadonlyMap<string, Row> = new Map(ROWS.map((row) => [row[0], row]));

/** Null: nothing is known of it. */
export function knownImage(image: string): KnownImage | null {
  const [, path = "", tag = ""] =
    /^(?:(?:registry-1\.|index\.)?docker\.io\/)?(?:library\/)?([a-z0-9_./-]{1,200})(?::([\w.-]{1,128}))?(?:@.*)?$/.exec(
      image,
    ) ?? [];
  const row = BY_NAME.get(path);
  if (row === undefined) return null;
  const [, ports, user, alpine] = row;
  return {
    ports: ports.map((port) => ({ port, protocol: "tcp" })),
    user: alpine !== undefined && tag.includes("alpine") ? alpine : user,
  };
}
