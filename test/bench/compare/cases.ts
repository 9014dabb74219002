/** What `bench:compare` measures: two programs each, one of ours and what it is measured against, and the goal. */
import jsonPatch from "fast-json-patch";
import { diff as jsonDiffTs } from "json-diff-ts";
import { create } from "jsondiffpatch";
import microdiff from "microdiff";
import { jsonDifferences } from "../../../core/compare/differences/json.ts";
import type { Pair } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { structuralCheck } from "../../../core/verdict/structural.ts";
import { changedPage, equalPage, insertion, shuffle, type Texts } from "./bodies.ts";

export interface BenchCase {
  readonly id: string;
  readonly title: string;
  readonly against: string;
  /** The most that ours may take, as a multiple of the other; null where it is only told. */
  readonly goal: number | null;
  /** Runs of a round: enough for the clock of CPU time to be exact. */
  readonly runs: number;
  readonly ours: () => unknown;
  readonly other: () => unknown;
}

export function pairOf({ reference, shadow, type = "application/json" }: Texts): Pair {
  const headers = { "content-type": type, date: "Sun, 22 Nov 2026 10:00:00 GMT" };
  const side = (body: string) => ({ status: 200, headers, body, latencyMs: 20 });
  const request = { method: "GET", path: "/v1/items?page=1", headers: { host: "shop.example.com" }, body: null };
  return { id: "pair", request, prod: side(reference), shadow: side(shadow) };
}

const parsed = ({ reference, shadow }: Texts): readonly [unknown, unknown] => [
  JSON.parse(reference),
  JSON.parse(shadow),
];

const byId = create({ objectHash: (value: object) => ("id" in value ? String(value.id) : JSON.stringify(value)) });

/** Peers want objects or lists; the bodies here are. */
type Peer = (reference: object, shadow: object) => unknown;

function withPeer(texts: Texts, peer: Peer): () => unknown {
  return () => {
    const [reference, shadow] = parsed(texts);
    return typeof reference === "object" && reference !== null && typeof shadow === "object" && shadow !== null
      ? peer(reference, shadow)
      : null;
  };
}

export const PEERS: Readonly<Record<string, Peer>> = {
  microdiff: (reference, shadow) => microdiff(reference, shadow),
  "jsondiffpatch with ids": (reference, shadow) => byId.diff(reference, shadow),
  "fast-json-patch": (reference, shadow) => jsonPatch.compare(reference, shadow),
  "json-diff-ts with ids": (reference, shadow) => jsonDiffTs(reference, shadow, { embeddedObjKeys: { items: "id" } }),
};

export function benchCases(): readonly BenchCase[] {
  const [inserted, shuffled] = [insertion(), shuffle()];
  const findings = (texts: Texts): (() => unknown) => {
    const pair = pairOf(texts);
    return () => judge(pair, EMPTY_MEMORY);
  };
  const differences =
    ({ reference, shadow }: Texts): (() => unknown) =>
    () =>
      jsonDifferences(reference, shadow);
  const some = changedPage(10);
  return [
    ...equalCases(),
    { ...unequal("some items changed", some), ours: findings(some) },
    { ...unequal("every item changed", changedPage(1)), ours: findings(changedPage(1)) },
    { ...unequal("some items changed, differences alone", some), goal: null, ours: differences(some) },
    {
      id: "insertion",
      title: "one insertion in 5,000 items, 1 MB",
      against: "jsondiffpatch with ids",
      goal: 0.5,
      runs: 3,
      ours: differences(inserted),
      other: withPeer(inserted, PEERS["jsondiffpatch with ids"] ?? Object),
    },
    {
      id: "shuffle",
      title: "5,000 items shuffled, 1 MB",
      against: "our insertion",
      goal: 1.5,
      runs: 3,
      ours: differences(shuffled),
      other: differences(inserted),
    },
    {
      id: "shuffle against the peer",
      title: "5,000 items shuffled, 1 MB",
      against: "jsondiffpatch's insertion",
      goal: null,
      runs: 3,
      ours: differences(shuffled),
      other: withPeer(inserted, PEERS["jsondiffpatch with ids"] ?? Object),
    },
    ...Object.entries(PEERS).map(([name, peer]): BenchCase => {
      const told = { goal: null, runs: 20, ours: differences(some), other: withPeer(some, peer) };
      return { id: `peer ${name}`, title: "unequal 50 KB, text to differences", against: name, ...told };
    }),
  ];
}

/** Bytes against bytes: what equality costs at least, as a loop and by the runtime's own comparison. */
function equalCases(): readonly BenchCase[] {
  const texts = equalPage();
  const pair = pairOf(texts);
  const [left, right] = [Buffer.from(texts.reference), Buffer.from(texts.shadow)];
  const ours = (): unknown => structuralCheck(openCase(pair), EMPTY_MEMORY);
  const bytes = (): unknown => {
    for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
    return left.length === right.length;
  };
  const equal = { title: "equal 50 KB, pair to verdict", runs: 200, ours };
  return [
    { ...equal, id: "equal", against: "a plain byte compare", goal: 1 / 0.8, other: bytes },
    { ...equal, id: "equal, native", against: "Buffer.equals", goal: null, other: () => left.equals(right) },
  ];
}

function unequal(title: string, texts: Texts): Omit<BenchCase, "ours"> {
  return {
    id: `unequal ${title}`,
    title: `unequal 50 KB, ${title}`,
    against: "JSON.parse of both",
    goal: 1 / 0.7,
    runs: 40,
    other: () => parsed(texts),
  };
}
