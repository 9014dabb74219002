/**
 * What is known of public images that nearly every compose file uses and nearly no file says: where they listen, and the user they
 * change to when they start as root, which lets them run where root may not. From their Dockerfiles on https://hub.docker.com/u/library
 */
import type { ServicePort } from "../compose/project.ts";

export interface KnownImage {
  readonly ports: readonly ServicePort[];
  /** The user it changes to; null: it is not root's already, or it needs root to start. */
  readonly user: KnownUser | null;
}

export interface KnownUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

type Row = readonly [names: string, ports: readonly number[], user: KnownUser | null, alpine?: KnownUser];

const id = (name: string, uid: number, gid = uid): KnownUser => ({ name, uid, gid });

const ROWS: readonly Row[] = [
  ["postgres", [5432], id("postgres", 999), id("postgres", 70)],
  ["mysql", [3306], id("mysql", 999)],
  ["mariadb", [3306], id("mysql", 999)],
  ["mongo", [27_017], id("mongodb", 999)],
  ["redis", [6379], id("redis", 999), id("redis", 999, 1000)],
  ["valkey/valkey", [6379], id("valkey", 999), id("valkey", 999, 1000)],
  ["rabbitmq", [5672, 15_672], id("rabbitmq", 999), id("rabbitmq", 100, 101)],
  ["memcached", [11_211], null],
  ["nginx", [80], null],
  ["httpd", [80], null],
  ["elasticsearch", [9200, 9300], null],
  ["minio/minio", [9000], null],
  ["nats", [4222, 8222], null],
  ["zookeeper", [2181], id("zookeeper", 1000)],
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
