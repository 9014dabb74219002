/** The bodies that `bench:compare` compares: a page of a shop, a large list, and the worst that anybody thought of. */
import { seededRandom } from "../../../core/probe/seeded-random.ts";

const SEED = 20_261_122;

export interface Texts {
  readonly reference: string;
  readonly shadow: string;
  /** The media type, where it is not JSON's. */
  readonly type?: string;
}

interface Item extends Readonly<Record<string, unknown>> {
  readonly id: number;
  readonly price: number;
}

/** 170 items are 50 KB. */
function items(count: number): readonly Item[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, (_, at) => ({
    id: 1_000 + at,
    sku: `SKU-${10_000 + at}`,
    name: `Product number ${at}`,
    description: `A fine product with the number ${at} and a few words about it, and nothing more`,
    price: Math.round(random() * 100_000) / 100,
    currency: "EUR",
    stock: Math.floor(random() * 100),
    tags: ["new", "sale", `t${at % 7}`],
    updated_at: `2026-11-20T10:00:${String(at % 60).padStart(2, "0")}Z`,
    active: true,
    parent: null,
  }));
}

function page(list: readonly Item[], request: string): string {
  return flat({
    page: 1,
    total: list.length,
    generated_at: `2026-11-22T10:00:0${request.length % 10}Z`,
    request,
    items: list,
  });
}

/** As it would come from the network: one piece of memory of its own. */
function flat(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("utf8");
}

const PAGE_ITEMS = 170;

export function equalPage(): Texts {
  return { reference: page(items(PAGE_ITEMS), "a"), shadow: page(items(PAGE_ITEMS), "a") };
}

/** Every `every`-th item has another price; the request's id differs. */
export function changedPage(every: number): Texts {
  const list = items(PAGE_ITEMS);
  const changed = list.map((item, at) => (at % every === 0 ? { ...item, price: item.price + 1 } : item));
  return { reference: page(list, "5f0c"), shadow: page(changed, "b771") };
}

/** 5,000 items of some 200 characters: 1 MB. */
const LARGE_ITEMS = 5_000;

function large(): readonly Item[] {
  return items(LARGE_ITEMS).map(({ id, sku, name, price, currency, stock, updated_at }) => ({
    id,
    sku,
    name,
    price,
    currency,
    stock,
    updated_at,
    note: "One of five thousand, and about as long as",
  }));
}

export function insertion(): Texts {
  const list = large();
  const added = { ...list[0], id: 99, sku: "SKU-99", price: 5 };
  return { reference: flat(list), shadow: flat(list.toSpliced(LARGE_ITEMS / 2, 0, added)) };
}

export function shuffle(): Texts {
  const list = large();
  const random = seededRandom(SEED);
  const shuffled = list.map((item) => ({ item, key: random() })).toSorted((a, b) => a.key - b.key);
  return { reference: flat(list), shadow: flat(shuffled.map(({ item }) => item)) };
}

/** What a side may have at most. */
const CAPTURED_CHARS = 262_144;

function filled(part: (at: number) => string, [before, after]: readonly [string, string] = ["[", "]"]): string {
  const parts: string[] = [];
  let length = before.length + after.length;
  for (let at = 0; ; at++) {
    const next = part(at);
    length += next.length + 1;
    if (length > CAPTURED_CHARS) return flat(`${before}${parts.join(",")}${after}`);
    parts.push(next);
  }
}

const sides = (write: (side: 0 | 1) => string): Texts => ({ reference: write(0), shadow: write(1) });

/** Bodies of 256 KB that are as much work as anybody could think of, by what they are. */
export const WORST: Readonly<Record<string, () => Texts>> = {
  "all numbers differ": () => sides((side) => filled((at) => String(side === 0 ? at : at + 0.5))),
  "all single digits differ": () => sides((side) => filled(() => String(1 + side))),
  "all texts differ": () => sides((side) => filled((at) => `"${side}${at}"`)),
  "all objects differ": () => sides((side) => filled((at) => `{"a":${at + side / 2}}`)),
  "all keys differ": () => sides((side) => filled((at) => `"k${side}${at}":1`, ["{", "}"])),
  "a map of ids": () => sides((side) => filled((at) => `"${at}":${side}`, ["{", "}"])),
  "keys in reverse": () => {
    const { reference } = WORST_KEYS;
    return { reference, shadow: flat(`{${reference.slice(1, -1).split(",").toReversed().join(",")}}`) };
  },
  "one key many times": () => sides((side) => filled((at) => `"k":${at + side}`, ["{", "}"])),
  "as deep as it goes": () =>
    sides((side) => flat(`${"[".repeat(CAPTURED_CHARS / 2 - 1)}${side}${"]".repeat(CAPTURED_CHARS / 2 - 1)}`)),
  "deep, with a difference at each level": () =>
    sides((side) => flat(`${"[".repeat(60_000)}${`${side}],`.repeat(60_000).slice(0, -1)}`)),
  "deep objects, white space on one side": () =>
    sides((side) => flat(`${`{"a":${side === 0 ? "" : " "}`.repeat(30_000)}1${"}".repeat(30_000)}`)),
  "one long text": () => sides((side) => flat(`{"a":"${"x".repeat(CAPTURED_CHARS - 20)}${side}"}`)),
  "texts of escapes": () => sides((side) => filled((at) => `"\\u00e${side}\\n\\"${at}"`)),
  "equal rows in another order": () => sides((side) => filled((at) => `[${side === 0 ? at : 30_000 - at}]`)),
  "many equal elements": () => sides((side) => filled((at) => (at % 2 === side ? "1" : "2"))),
  "lists in lists without identity": () => sides((side) => filled((at) => `[[${at}],{"x":[${at + side}]}]`)),
  "every field null": () => sides((side) => filled((at) => `{"id":${at},"v":${side === 0 ? '"x"' : "null"}}`)),
  "numbers of many digits": () => sides((side) => filled((at) => `12345678901234567${at}.${side}e-${at}`)),
  "no JSON": () => ({ reference: filled(() => "1"), shadow: flat("<p>x".repeat(CAPTURED_CHARS / 4)) }),
  cut: () => sides((side) => filled((at) => `{"id":${at},"v":${side}}`).slice(0, -3)),
};

const WORST_KEYS = { reference: filled((at) => `"k${at}":${at}`, ["{", "}"]) };
