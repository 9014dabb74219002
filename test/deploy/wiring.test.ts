/** The wrangler files fit together in every environment, and each check of the wiring notices when they do not. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PROJECT_ROOT } from "../../cli/deploy/project.ts";
import { checkWiring } from "../../cli/deploy/wiring.ts";
import { arranged, type ProjectFiles, projectFiles, put } from "./project-files.ts";

/** One way to break the files, and the problem it must bring up. */
interface Broken {
  readonly rule: string;
  readonly where: string;
  readonly how: string;
  readonly break: (files: ProjectFiles) => void;
}

const BROKEN: readonly Broken[] = [
  {
    rule: "unheard-queue",
    where: "wrangler.toml (staging)",
    how: "the tee sends to a queue nobody consumes",
    break: ({ tee }) => put(tee, "env.staging.queues.producers.0.queue", "typo"),
  },
  {
    rule: "unheard-dead-letters",
    where: "workers/compare/wrangler.toml (production)",
    how: "dead letters go where nobody listens",
    break: ({ compare }) => put(compare, "env.production.queues.consumers.0.dead_letter_queue", "typo"),
  },
  {
    rule: "no-dead-letters",
    where: "workers/compare/wrangler.toml (staging)",
    how: "a queue has no dead letters at all",
    break: ({ compare }) => put(compare, "env.staging.queues.consumers.0.dead_letter_queue", undefined),
  },
  {
    rule: "two-consumers",
    where: "workers/compare/wrangler.toml (staging)",
    how: "a queue is consumed twice",
    break: ({ compare }) => put(compare, "env.staging.queues.consumers.1.queue", "shadow-infra-pairs-staging"),
  },
  {
    rule: "unknown-durable-object",
    where: "wrangler.toml (staging)",
    how: "the tee of staging names the report Worker without its environment",
    break: ({ tee }) => put(tee, "env.staging.durable_objects.bindings.0.script_name", "shadow-infra-report"),
  },
  {
    rule: "unknown-durable-object",
    where: "workers/report/wrangler.toml (top level)",
    how: "the class was never migrated",
    break: ({ report }) => put(report, "migrations.0.new_sqlite_classes", []),
  },
  {
    rule: "unknown-service",
    where: "workers/report/wrangler.toml (production)",
    how: "the report Worker binds a consumer that is not there",
    break: ({ report }) => put(report, "env.production.services.0.service", "shadow-infra-compare"),
  },
  {
    rule: "unknown-service",
    where: "pages/wrangler.toml",
    how: "the pages bind a report Worker that is not there",
    break: ({ pages }) => put(pages, "services.0.service", "shadow-infra-reports-production"),
  },
  {
    rule: "stores-disagree",
    where: "workers/compare/wrangler.toml (staging)",
    how: "two Workers of one environment have two databases",
    break: ({ compare }) => put(compare, "env.staging.d1_databases.0.database_id", "another"),
  },
  {
    rule: "stores-disagree",
    where: "wrangler.toml (production)",
    how: "two Workers of one environment have two buckets",
    break: ({ tee }) => put(tee, "env.production.r2_buckets.0.bucket_name", "another"),
  },
  {
    rule: "public-address",
    where: "wrangler.toml (production)",
    how: "workers_dev is on",
    break: ({ tee }) => put(tee, "env.production.workers_dev", true),
  },
  {
    rule: "dates-disagree",
    where: "workers/compare/wrangler.toml (top level)",
    how: "one Worker has another compatibility date",
    break: ({ compare }) => put(compare, "compatibility_date", "2025-01-01"),
  },
  {
    rule: "dates-disagree",
    where: "pages/wrangler.toml",
    how: "the pages have another compatibility date",
    break: ({ pages }) => put(pages, "compatibility_date", "2025-01-01"),
  },
  {
    rule: "not-a-pages-project",
    where: "pages/wrangler.toml",
    how: "the pages have become a Worker",
    break: ({ pages }) => put(pages, "main", "index.ts"),
  },
  {
    rule: "pages-name",
    where: "pages/wrangler.toml",
    how: "staging's name cannot be made from the pages' name",
    break: ({ pages }) => put(pages, "name", "shadow-infra"),
  },
  {
    rule: "shared-between-environments",
    where: "staging and production",
    how: "both environments have one database",
    break: (files) => {
      for (const file of [files.report, files.compare])
        put(file, "env.production.d1_databases.0.database_id", "00000000-0000-0000-0000-000000000001");
    },
  },
  {
    rule: "shared-between-environments",
    where: "local and staging",
    how: "staging reads the local bucket",
    break: (files) => {
      for (const file of [files.report, files.compare, files.tee])
        put(file, "env.staging.r2_buckets.0.bucket_name", "shadow-infra-bodies");
    },
  },
  {
    rule: "shared-between-environments",
    where: "staging and production",
    how: "both environments take the same host",
    break: ({ tee }) => put(tee, "env.staging.routes.0.pattern", "shop.example.com/*"),
  },
  {
    rule: "incomplete-environment",
    where: "workers/report/wrangler.toml (staging)",
    how: "staging lacks a variable",
    break: ({ report }) => put(report, "env.staging.vars.SHADOW_INFRA_MODE", undefined),
  },
  {
    rule: "incomplete-environment",
    where: "workers/compare/wrangler.toml (production)",
    how: "production lacks its queues",
    break: ({ compare }) => put(compare, "env.production.queues", undefined),
  },
  {
    rule: "incomplete-environment",
    where: "wrangler.toml (production)",
    how: "a whole environment is gone",
    break: ({ tee }) => put(tee, "env.production", undefined),
  },
  {
    rule: "incomplete-environment",
    where: "workers/report/wrangler.toml (staging)",
    how: "staging has the local start's outbox",
    break: ({ report }) => {
      put(report, "env.staging.durable_objects.bindings.1", { name: "OUTBOX", class_name: "Outbox" });
      put(report, "env.staging.migrations.0.new_sqlite_classes", ["Registry", "Outbox"]);
    },
  },
  {
    rule: "unknown-durable-object",
    where: "wrangler.toml (production)",
    how: "the tee of production is bound to an outbox that production does not have",
    break: ({ tee }) => {
      const outbox = { name: "OUTBOX", class_name: "Outbox", script_name: "shadow-infra-report-production" };
      put(tee, "env.production.durable_objects.bindings.1", outbox);
    },
  },
  {
    rule: "tee-route",
    where: "wrangler.toml (staging)",
    how: "the tee stands on a Custom Domain",
    break: ({ tee }) => put(tee, "env.staging.routes.0.custom_domain", true),
  },
  {
    rule: "tee-route",
    where: "wrangler.toml (staging)",
    how: "the tee's route has no zone",
    break: ({ tee }) => put(tee, "env.staging.routes.0.zone_name", undefined),
  },
  {
    rule: "tee-route",
    where: "wrangler.toml (production)",
    how: "the tee has no route",
    break: ({ tee }) => put(tee, "env.production.routes", []),
  },
  {
    rule: "open-report",
    where: "workers/report/wrangler.toml (production)",
    how: "production's report would answer anybody",
    break: ({ report }) => put(report, "env.production.vars.SHADOW_INFRA_MODE", "local"),
  },
  {
    rule: "no-cron",
    where: "workers/compare/wrangler.toml (staging)",
    how: "nothing wakes the consumer for its retries",
    break: ({ compare }) => put(compare, "env.staging.triggers.crons", []),
  },
];

test("the project's own files have no problem", () => {
  expect(checkWiring(arranged(projectFiles()))).toEqual([]);
});

describe("the wiring is refused when", () => {
  test.each(BROKEN)("$how ($rule, $where)", (broken) => {
    const files = projectFiles();
    broken.break(files);
    expect(checkWiring(arranged(files))).toContainEqual(
      expect.objectContaining({ rule: broken.rule, where: broken.where }),
    );
  });

  test("every check has a case above", () => {
    const sources = globSync("cli/deploy/{wiring.ts,wiring/*.ts}", { cwd: PROJECT_ROOT });
    const rules = sources.flatMap((file) =>
      [...readFileSync(`${PROJECT_ROOT}${file}`, "utf8").matchAll(/rule: "([a-z-]+)"/g)].map((match) => match[1]),
    );
    expect(new Set(BROKEN.map((broken) => broken.rule))).toEqual(new Set(rules));
  });
});
