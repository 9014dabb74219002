/** Where the twelve rules look, for each stack that a rules file can be written for. */

/** What a repository is written in. */
export type Stack = "node" | "python";

interface StackGlobs {
  readonly sources: readonly string[];
  /** Taken out of most rules' scope. */
  readonly tests: readonly string[];
  /** Code that trains models or tries things out: no request waits for it. */
  readonly offline: readonly string[];
  readonly apiSchemas: readonly string[];
  readonly tables: readonly string[];
  readonly migrations: readonly string[];
  readonly shadowFiles: readonly string[];
  /** In the form of the check `tests-beside`. */
  readonly shadowTests: readonly string[];
}

const OFFLINE = ["**/{training,train,notebooks,experiments,research,scripts,benchmarks}/**"];

export const GLOBS: Readonly<Record<Stack, StackGlobs>> = {
  node: {
    sources: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    tests: ["**/{test,tests,__tests__}/**", "**/*.{test,spec}.*"],
    offline: OFFLINE,
    apiSchemas: ["**/schemas/**/*.{ts,js,json}", "**/*.schema.{ts,js,json}", "**/*shadow*schema*.{ts,js}"],
    tables: [
      "**/db/schema.ts",
      "**/drizzle/schema.ts",
      "**/prisma/schema.prisma",
      "**/entities/**/*.ts",
      "**/schema.sql",
    ],
    migrations: ["**/migrations/**", "**/drizzle/**/*.sql"],
    shadowFiles: ["**/*shadow*.{ts,js,mts,mjs}", "**/shadow/**/*.{ts,js,mts,mjs}"],
    shadowTests: ["**/{name}.{test,spec}.*"],
  },
  python: {
    sources: ["**/*.py"],
    tests: ["**/{test,tests}/**", "**/test_*.py", "**/*_test.py", "**/conftest.py"],
    offline: OFFLINE,
    apiSchemas: ["**/schemas.py", "**/schemas_*.py", "**/schemas/**/*.py"],
    tables: ["**/models.py", "**/models_*.py", "**/models/**/*.py", "**/schema.sql"],
    migrations: ["**/migrations/**", "**/alembic/versions/*.py"],
    shadowFiles: ["**/*shadow*.py", "**/shadow/**/*.py"],
    shadowTests: ["**/test_{name}.py", "**/test_{name}_*.py", "**/{name}_test.py"],
  },
};

/** Globs that take out what others name. */
export function without(globs: readonly string[]): readonly string[] {
  return globs.map((glob) => `!${glob}`);
}
