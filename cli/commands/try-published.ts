/** `shadow-infra try-published`, which `npm run try:published` calls: prints what `infra/local/try-published.ts` found. */
import { Command } from "commander";
import { openScreen } from "../../infra/local/screen.ts";
import { COMPARISONS, SERVER, tryPublished } from "../../infra/local/try-published.ts";
import { EXIT } from "../exit.ts";

export function tryPublishedCommand(): Command {
  return new Command("try-published")
    .description(`Run ${COMPARISONS.length} comparisons of published versions of ${SERVER} from the npm registry.`)
    .option("--json", "print the figures as one JSON document; everything else goes to standard error")
    .addHelpText(
      "after",
      "\nExit codes: 0 every request is accounted for, 3 not every one is or something could not be reached,\n130 interrupted.",
    )
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const screen = openScreen(json);
      const { end, figures } = await tryPublished(screen);
      if (json) screen.print(JSON.stringify({ schemaVersion: 1, server: SERVER, comparisons: figures }));
      else if (figures.length > 0)
        console.table(figures.map(({ unexplained, ...row }) => ({ ...row, unexplained: unexplained.length })));
      process.exit(EXIT[end]);
    });
}
