/** How the tests run: which of them side by side, which in turns. */
import { defineConfig } from "vitest/config";

/** Plain work: as many at a time as there are processors. The default leaves one to the program that hands files out, which is half of two. */
const ALL_PROCESSORS = "100%";

const RUNTIME = { testTimeout: 60_000, hookTimeout: 120_000 } as const;

/** Stand beside those that start the runtime or a browser, and start nothing themselves: they run with `unit`, which loads everything once. */
const PLAIN = [
  "test/pages/{contract,pair/**/*,words/**/*}.test.ts",
  "test/workers/registry/breaker.test.ts",
  "test/workers/tee/{capture,mirror,routing,send}/**/*.test.ts",
  "test/local/{check,summary,github/*,settings/*}.test.ts",
];

/** Measure times or memory, or start everything at once: each has the machine to itself. */
const ALONE = [
  "test/flow/start.test.ts",
  "test/local/stack.test.ts",
  "test/workers/tee/{faults,network}.test.ts",
  "test/workers/report/many-pairs.test.ts",
];

/** Wait for leases to end, kill processes, or send thousands of requests: minutes each, so `npm run test:long` runs them. */
const LONG = [
  "test/flow/{attacks,canaries,counted,credential-headers,fan-out,outbox,python-service,second-answers,several,start-stop}.test.ts",
  "test/canaries/survivors.test.ts",
  "test/local/hooks/*.test.ts",
  // Five times as many sequences as in `unit`, which `npm test` runs.
  "test/provisioner/reconcile/truth.test.ts",
  "test/workers/{compare/dead-letters,tee/ends,tee/sync}.test.ts",
  "test/faults/faults.test.ts",
];

/** Long ones that measure: `npm run test:long` runs them last, each with the machine to itself. */
const LONG_ALONE = [
  "test/chaos/**/*.test.ts",
  "test/flow/{start-transit,workflow-steps}.test.ts",
  "test/workers/tee/memory.test.ts",
];

/** Need a Kubernetes API server or a container engine: `npm run test:kubernetes` and `npm run test:docker`. */
const CLUSTER = ["test/provisioner/{cluster,engine}/**"];

/** Groups, one after the other. */
export default defineConfig({
  test: {
    projects: [
      {
        // Plain data in, plain data out: nothing that one file could leave behind for the next, so none loads everything anew.
        test: {
          name: "core",
          include: ["test/core/**/*.test.ts"],
          isolate: false,
          maxWorkers: ALL_PROCESSORS,
          testTimeout: 60_000,
        },
      },
      {
        // Each file starts what it needs and ends it again, so these too share what they load: the clients of Kubernetes and GitHub take a
        // second of processor time each.
        test: {
          name: "unit",
          isolate: false,
          maxWorkers: ALL_PROCESSORS,
          include: [
            "test/{accuracy,bench,layout,provisioner,gateway,query-plans}/**/*.test.ts",
            "test/*.test.ts",
            ...PLAIN,
          ],
          exclude: CLUSTER,
          testTimeout: 60_000,
        },
      },
      {
        // Start commands and wait for them: side by side with those below, which mostly wait too. They share what they load as well.
        test: {
          name: "programs",
          isolate: false,
          sequence: { groupOrder: 1 },
          include: ["test/{cli,deploy}/**/*.test.ts"],
          testTimeout: 60_000,
          maxWorkers: 4,
        },
      },
      {
        // Start the runtime or a browser, and mostly wait: four at a time keep a small machine busy without crowding it. Each file ends what it
        // started; wrangler itself, some seconds of processor time to load, stays for the next.
        test: {
          ...RUNTIME,
          name: "runtime",
          isolate: false,
          sequence: { groupOrder: 1 },
          include: ["test/{workers,flow,limits,faults,pages,local}/**/*.test.ts"],
          exclude: [...PLAIN, ...ALONE, ...LONG, ...LONG_ALONE],
          maxWorkers: 4,
        },
      },
      {
        test: {
          ...RUNTIME,
          name: "alone",
          sequence: { groupOrder: 2 },
          include: ALONE,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...RUNTIME,
          name: "long",
          env: { SHADOW_INFRA_TEST_SEQUENCES: "5000" },
          sequence: { groupOrder: 3 },
          include: LONG,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...RUNTIME,
          name: "kubernetes",
          testTimeout: 300_000,
          sequence: { groupOrder: 5 },
          include: ["test/provisioner/cluster/**/*.test.ts"],
          fileParallelism: false,
        },
      },
      {
        test: {
          ...RUNTIME,
          name: "docker",
          testTimeout: 300_000,
          sequence: { groupOrder: 6 },
          include: ["test/provisioner/engine/**/*.test.ts"],
          fileParallelism: false,
        },
      },
      {
        test: {
          ...RUNTIME,
          name: "long-alone",
          sequence: { groupOrder: 4 },
          include: LONG_ALONE,
          fileParallelism: false,
        },
      },
    ],
  },
});
