/** The table of examples. */
import type { Example } from "./example.ts";
import type { ExampleName } from "./names.ts";
import { shop } from "./shop/manifest.ts";
import { transit } from "./transit/manifest.ts";

export const EXAMPLES: Readonly<Record<ExampleName, Example>> = { shop, transit };
