/** Writes docs/rules.md from the catalogue of rules. A test fails while the page says something else than the catalogue. */
import { writeFileSync } from "node:fs";
import { rulesPage } from "../../core/compare/rules/page.ts";

writeFileSync(new URL("../../docs/rules.md", import.meta.url), rulesPage());
