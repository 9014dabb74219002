/** A Node application: what its package file says. Nothing of it is run. */
import { z } from "zod";
import { type Application, folderWith, inFolder, portIn, procfileStart, type Repository } from "./stack.ts";

const texts = z.record(z.string(), z.string()).default({});
const PackageSchema = z.object({
  main: z.string().optional(),
  scripts: texts,
  dependencies: texts,
  devDependencies: texts,
});
type Package = z.infer<typeof PackageSchema>;

/** Null where there is no package file that can be read. */
export function nodeApplication(repository: Repository): Application | null {
  const folder = folderWith(repository, ["package.json"]);
  if (folder === null) return null;
  const manifest = read(repository.read(inFolder(folder, "package.json")));
  if (manifest === null) return null;
  const apiTests = repository.paths.some((path) => /(^|\/)[^/]*api[^/]*\.(test|spec)\.[cm]?[jt]sx?$/i.test(path));
  const start = procfileStart(repository, folder) ?? (manifest.scripts.start === undefined ? null : "npm start");
  const runner = runnerOf(manifest);
  return {
    stack: "node",
    folder,
    install: managerOf(repository, folder)?.install ?? "npm install",
    test: runner.test(30_000, "shadow-tests", null),
    apiTest: runner.test(60_000, "shadow-api-tests", apiTests ? "api" : null),
    audit: managerOf(repository, folder)?.audit ?? NPM_AUDIT,
    start,
    port: portIn([start ?? "", manifest.scripts.start ?? "", ...mainTexts(repository, folder, manifest)]),
    notes: runner.notes,
  };
}

function read(text: string | null): Package | null {
  try {
    return PackageSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

const NPM_AUDIT = "npm audit --omit=dev --audit-level=high";

interface Manager {
  readonly lock: string;
  readonly install: string;
  readonly audit: string;
}

/** By lock file: how exactly what it names is installed, and who asks for known holes: npm reads no lock file of another. */
const MANAGERS: readonly Manager[] = [
  { lock: "package-lock.json", install: "npm ci", audit: NPM_AUDIT },
  {
    lock: "pnpm-lock.yaml",
    install: "corepack enable\npnpm install --frozen-lockfile",
    audit: "pnpm audit --prod --audit-level high",
  },
  {
    lock: "yarn.lock",
    install: "corepack enable\nyarn install --immutable",
    audit: "yarn npm audit --recursive --environment production --severity high",
  },
];

function managerOf({ paths }: Repository, folder: string): Manager | undefined {
  return MANAGERS.find(({ lock }) => paths.includes(inFolder(folder, lock)));
}

interface Runner {
  readonly test: (timeoutMs: number, job: string, filter: string | null) => string;
  readonly notes: readonly string[];
}

function runnerOf({ scripts, dependencies, devDependencies }: Package): Runner {
  const has = (name: string) => name in dependencies || name in devDependencies;
  if (has("vitest")) return vitest(has("@vitest/coverage-v8") || has("@vitest/coverage-istanbul"));
  if (has("jest")) return { test: jest, notes: [] };
  const notes = [
    scripts.test === undefined
      ? "package.json has no test script: shadow-tests fails until there is one."
      : "The test runner is not known here: `npm test` runs, limited by the job's time instead of each test's, without coverage.",
  ];
  return { test: () => "npm test", notes };
}

function vitest(coverage: boolean): Runner {
  const counted = "--coverage --coverage.reporter=json && cp coverage/coverage-final.json coverage-shadow.json";
  return {
    test: (timeoutMs, job, filter) =>
      [
        `npx vitest run${filter === null ? "" : ` ${filter}`} --testTimeout=${timeoutMs}`,
        `--reporter=default --reporter=junit --outputFile.junit=${job}-junit.xml`,
        ...(coverage && job === "shadow-tests" ? [counted] : []),
      ].join(" "),
    notes: coverage ? [] : ["Without @vitest/coverage-v8 there is no coverage-shadow.json."],
  };
}

function jest(timeoutMs: number, job: string, filter: string | null): string {
  const counted = "--coverage --coverageReporters=json && cp coverage/coverage-final.json coverage-shadow.json";
  const base = `npx jest${filter === null ? "" : ` ${filter}`} --testTimeout=${timeoutMs}`;
  return job === "shadow-tests" ? `${base} ${counted}` : base;
}

function mainTexts(repository: Repository, folder: string, { main, scripts }: Package): readonly string[] {
  const started = /[\w./-]+\.[cm]?[jt]sx?\b/.exec(scripts.start ?? "")?.[0].replace(/^\.\//, "");
  const names = [
    started,
    main,
    "index.js",
    "server.js",
    "app.js",
    "src/index.ts",
    "src/server.ts",
    "index.ts",
    "server.ts",
  ];
  return names.flatMap((name) => {
    const text = name === undefined ? null : repository.read(inFolder(folder, name));
    return text === null ? [] : [text];
  });
}
