/** The shop's goods: fixed, so that both versions serve the same data. */
export interface Good {
  readonly goodsNumber: string;
  readonly shelfTitle: string;
  readonly unitPriceCents: number;
  readonly weightGrams: number;
  readonly stockLevel: number;
}

const TITLES = ["Teapot", "Kettle", "Bread knife", "Milk jug", "Oven glove", "Whisk", "Rolling pin", "Egg timer"];

export const GOODS: readonly Good[] = TITLES.map((shelfTitle, i) => ({
  goodsNumber: `G-${String(i + 1).padStart(3, "0")}`,
  shelfTitle,
  unitPriceCents: 499 + i * 250,
  weightGrams: 120 + i * 35,
  stockLevel: 40 - i * 3,
}));

/** The good with a number of any size, so that every number in a path has one. */
export function goodAt(number: string | undefined): Good {
  const good = GOODS[Number(number ?? 0) % GOODS.length];
  if (good === undefined) throw new Error("the shop has no goods");
  return good;
}
