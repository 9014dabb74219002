/** What earlier jobs left: files below one folder, found by name wherever the download put them. A file that is not what its name says is said. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type ProbeResults, ProbeResultsSchema } from "../../../core/wire/api/probes.ts";

/** Of what `shadow-infra governance --format json` writes, the part that is shown here. */
const GovernanceSchema = z.object({
  outcomes: z.array(
    z.object({
      ruleId: z.coerce.string(),
      title: z.string(),
      state: z.enum(["passed", "failed", "warned", "not-judged"]),
      reason: z.string().nullable(),
    }),
  ),
});
export type GovernanceResults = z.infer<typeof GovernanceSchema>;

/** What one job's tests did. */
export interface TestCounts {
  readonly tests: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Artifacts {
  readonly probe: ProbeResults | null;
  readonly governance: GovernanceResults | null;
  /** By job: `shadow-tests`. */
  readonly tests: ReadonlyMap<string, TestCounts>;
  /** Share of statements, 0 to 1; null where nothing says it. */
  readonly coverage: number | null;
  /** Files that could not be read, in words. */
  readonly problems: readonly string[];
}

/** Reads all of them. A folder that is not there holds nothing: that a job ran is said by its result, not by a file. */
export function readArtifacts(folder: string): Artifacts {
  const problems: string[] = [];
  const read = <T>(name: string, parse: (json: unknown) => T): readonly T[] =>
    pathsOf(folder, name).flatMap((path) => {
      try {
        return [parse(JSON.parse(readFileSync(path, "utf8")))];
      } catch {
        problems.push(`${name} could not be read`);
        return [];
      }
    });
  return {
    probe: read("shadow-probe-results.json", (json) => ProbeResultsSchema.parse(json))[0] ?? null,
    governance: together(read("shadow-governance.json", (json) => GovernanceSchema.parse(json))),
    tests: new Map(pathsOf(folder, "*-junit.xml").map((path) => [jobOf(path), countsOf(readFileSync(path, "utf8"))])),
    coverage: read("coverage-shadow.json", coverageOf)[0] ?? null,
    problems,
  };
}

type Outcome = GovernanceResults["outcomes"][number];
/** The rule on performance cannot be judged before the probe, and is judged by another job after it. */
const GRAVEST_FIRST: readonly Outcome["state"][] = ["failed", "warned", "passed", "not-judged"];

/** Of one rule that several jobs looked at, what the one that knew most said. */
function together(all: readonly GovernanceResults[]): GovernanceResults | null {
  if (all.length === 0) return null;
  const rank = ({ state }: Outcome) => GRAVEST_FIRST.indexOf(state);
  const byRule = Map.groupBy(
    all.flatMap(({ outcomes }) => outcomes),
    ({ ruleId }) => ruleId,
  );
  return { outcomes: [...byRule.values()].flatMap((each) => each.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1)) };
}

function pathsOf(folder: string, name: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return globSync(`**/${name}`, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function jobOf(path: string): string {
  return /([^/\\]+)-junit\.xml$/.exec(path)?.[1] ?? path;
}

/**
 * Sums of the suites of a JUnit file. Attributes of the opening tags alone are read, so no document is built from a stranger's XML. A tag that
 * is not closed ends at the next `<`, which XML has in no attribute: otherwise each of many would be searched to the end of the file.
 */
export function countsOf(xml: string): TestCounts {
  const suites = [...xml.matchAll(/<testsuite\s(?:"[^"<]*"|'[^'<]*'|[^<>"'])*>/g)].map(([tag]) => tag);
  const sum = (name: string) =>
    suites.reduce((total, tag) => total + Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0), 0);
  return { tests: sum("tests"), failed: sum("failures") + sum("errors"), skipped: sum("skipped") };
}

/** Of coverage.py, and of Istanbul: by file, how often each statement ran. */
const PythonCoverageSchema = z.object({ totals: z.object({ covered_lines: z.number(), num_statements: z.number() }) });
const IstanbulSchema = z.record(z.string(), z.object({ s: z.record(z.string(), z.number()) }));

/** Share of statements that ran, 0 to 1; null where there are none. Throws where it is neither form. */
export function coverageOf(json: unknown): number | null {
  const python = PythonCoverageSchema.safeParse(json);
  if (python.success) return share(python.data.totals.covered_lines, python.data.totals.num_statements);
  const runs = Object.values(IstanbulSchema.parse(json)).flatMap(({ s }) => Object.values(s));
  return share(runs.filter((count) => count > 0).length, runs.length);
}

function share(part: number, all: number): number | null {
  return all === 0 ? null : part / all;
}
