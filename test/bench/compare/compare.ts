/**
 * `npm run bench:compare`: what comparing costs, beside the work that cannot be less and beside its peers. All cases take
 * turns in every round, and CPU time counts. Progress goes to standard error, the result alone to standard output.
 */
import { EXIT } from "../../../cli/exit.ts";
import { jsonDifferences } from "../../../core/compare/differences/json.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge as judgePair } from "../../../core/verdict/judge.ts";
import { insertion, WORST } from "./bodies.ts";
import { type BenchCase, benchCases, pairOf } from "./cases.ts";
import { WORST_FORMATS } from "./format-bodies.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { isMissed, type Round, resultOf, table } from "./result.ts";

/** Rounds that are not counted: code is compiled on the way. */
const WARM_ROUNDS = 5;

/** Each worst body is judged this often; the middle counts. */
const WORST_RUNS = 3;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const options = readOptions(args);
  if (options === "help") {
    process.stdout.write(HELP);
    return EXIT.passed;
  }
  if ("wrong" in options) {
    say(`${options.wrong}\n\n${HELP}`);
    return EXIT.usage;
  }
  return run(options);
}

function run(options: Options): number {
  const cases = benchCases();
  const rounds = allRounds(cases, options);
  const { reference, shadow } = insertion();
  const answerChars = JSON.stringify(jsonDifferences(reference, shadow)).length;
  const result = resultOf(cases, rounds, { answerChars, worst: worstMilliseconds() });
  process.stdout.write(options.json ? `${JSON.stringify({ ...result, rounds }, null, 2)}\n` : table(result));
  return isMissed(result) ? EXIT.failed : EXIT.passed;
}

function allRounds(cases: readonly BenchCase[], { rounds }: Options): readonly Round[] {
  const measured: Round[] = [];
  for (let at = -WARM_ROUNDS; at < rounds; at++) {
    say(at < 0 ? "Warming up" : `Round ${at + 1} of ${rounds}`);
    const round = oneRound(cases);
    if (at >= 0) measured.push(round);
  }
  return measured;
}

function oneRound(cases: readonly BenchCase[]): Round {
  return Object.fromEntries(
    cases.map(({ id, runs, ours, other }) => [
      id,
      { ours: microseconds(ours, runs), other: microseconds(other, runs) },
    ]),
  );
}

/** CPU time of one run of this process, its collector's threads included. */
function microseconds(work: () => unknown, runs: number): number {
  const before = process.cpuUsage();
  for (let at = 0; at < runs; at++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / runs;
}

function worstMilliseconds(): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries({ ...WORST, ...WORST_FORMATS }).map(([name, make]) => {
      say(`Worst case: ${name}`);
      const pair = pairOf(make());
      const times = Array.from(
        { length: WORST_RUNS },
        () => microseconds(() => judgePair(pair, EMPTY_MEMORY), 1) / 1_000,
      );
      return [name, times.toSorted((a, b) => a - b)[Math.floor(WORST_RUNS / 2)] ?? Number.NaN];
    }),
  );
}
