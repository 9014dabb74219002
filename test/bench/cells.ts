/** What is measured: every kind of traffic at both sizes, and the goals. A cell is one kind at one size. */

/** Bodies of 1 KB and 50 KB. Bytes. */
export const SIZES = [1_024, 51_200] as const;

/** The passthrough Worker's cells; every other kind is divided by them. */
export const PASSTHROUGH = "passthrough";

interface MirroredKind {
  readonly kind: string;
  readonly title: string;
  /** Share of requests that the deployment mirrors. */
  readonly rate: number;
  /** Whether the shadow's answers differ from production's. */
  readonly differs: boolean;
  /** CPU per request as a multiple of the passthrough's, by size. */
  readonly goals: Readonly<Record<(typeof SIZES)[number], number>>;
}

export const MIRRORED: readonly MirroredKind[] = [
  { kind: "none", title: "0 % mirrored", rate: 0, differs: true, goals: { 1_024: 1.05, 51_200: 1.05 } },
  { kind: "one", title: "1 % mirrored", rate: 0.01, differs: true, goals: { 1_024: 1.1, 51_200: 1.1 } },
  { kind: "equal", title: "100 %, equal answers", rate: 1, differs: false, goals: { 1_024: 2.5, 51_200: 4 } },
  { kind: "differing", title: "100 %, differing", rate: 1, differs: true, goals: { 1_024: 5, 51_200: 12 } },
];

export interface Cell {
  readonly kind: string;
  readonly size: (typeof SIZES)[number];
  /** The host asked for: each kind has one, and so a registry object and a table, of its own. */
  readonly host: string;
  readonly path: string;
}

export const CELLS: readonly Cell[] = SIZES.flatMap((size) =>
  [PASSTHROUGH, ...MIRRORED.map(({ kind }) => kind)].map((kind) => ({
    kind,
    size,
    host: hostOf(kind),
    path: `/products/${size}`,
  })),
);

export function hostOf(kind: string): string {
  return `${kind}.shop.example.com`;
}

/** The shadow's host says whether its answers differ. */
export const EQUAL_SHADOW = "equal-shadow.example.com";
export const DIFFERING_SHADOW = "differing-shadow.example.com";
