/** Names of the examples. Apart, so that the options can be checked without loading the servers. */
export const EXAMPLE_NAMES = ["shop", "transit"] as const;
export type ExampleName = (typeof EXAMPLE_NAMES)[number];
