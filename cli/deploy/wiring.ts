/**
 * Compares the wrangler files with each other: whoever sends must be heard, whoever is named must exist, and nothing may be missing
 * from an environment, because wrangler inherits no binding and only warns. Pure: data in, problems out.
 */
import { notPagesBecause, pagesConfigOf } from "./pages-config.ts";
import type { Project, Stage } from "./project.ts";
import { checkCompleteness } from "./wiring/completeness.ts";
import { checkIsolation } from "./wiring/isolation.ts";
import type { WiringProblem } from "./wiring/problem.ts";
import { checkReferences } from "./wiring/references.ts";
import type { Environment } from "./worker-config.ts";

/** Every problem in the project's files. Empty when everything fits. */
export function checkWiring(project: Project): readonly WiringProblem[] {
  return [
    ...checkStage("top level", project.local),
    ...checkStage("staging", project.staging),
    ...checkStage("production", project.production),
    ...checkPages(project),
    ...checkIsolation(project),
    ...checkCompleteness(project),
  ];
}

function checkStage(label: string, stage: Stage): readonly WiringProblem[] {
  return checkReferences(stage).map((problem) => ({ ...problem, where: `${problem.where} (${label})` }));
}

function checkPages({ pages, staging, production }: Project): readonly WiringProblem[] {
  const where = "pages/wrangler.toml";
  const reason = notPagesBecause(pages);
  const stages: readonly (readonly [Environment, Stage])[] = [
    ["staging", staging],
    ["production", production],
  ];
  const missing = stages.flatMap(([environment, stage]) => {
    const known = new Set(Object.values(stage).map((worker) => worker.name));
    return pagesConfigOf(pages, environment).services.filter(({ service }) => !known.has(service));
  });
  return [
    ...(reason === undefined
      ? []
      : [{ rule: "not-a-pages-project", where, text: `This is no Pages project: ${reason}.` }]),
    ...(pages.name.endsWith("-production")
      ? []
      : [
          {
            rule: "pages-name",
            where,
            text: `"${pages.name}" must end in -production: staging's name is made from it.`,
          },
        ]),
    ...(pages.compatibility_date === production.tee.compatibility_date
      ? []
      : [
          {
            rule: "dates-disagree",
            where,
            text: `compatibility_date is ${pages.compatibility_date} here and ${production.tee.compatibility_date} in the Workers.`,
          },
        ]),
    ...missing.map(({ binding, service }) => ({
      rule: "unknown-service",
      where,
      text: `${binding} binds the Worker "${service}", which no wrangler file has.`,
    })),
  ];
}
