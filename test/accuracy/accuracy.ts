/**
 * `npm run accuracy`: how often the judge is right without a model, on the pairs it was tuned with and on those it was not.
 * `--json` for machines, `--wrong` shows the wrong tuned pairs in full, `--reveal` those of the held-out set as well (then nobody
 * who saw it may mend a rule by it), `--baselines` adds two simple comparisons. Exit 0 always, unless `--goals` is given: then 1
 * where the held-out set misses a goal.
 */
import { parseArgs } from "node:util";
import { EXIT } from "../../cli/exit.ts";
import { BASELINES } from "./baselines.ts";
import { judgeServer, type Outcome } from "./judged.ts";
import { pairsOf, SETS, type SetName, serversOf, thawedFiles } from "./labelled.ts";
import { figuresOf, isRight, textOf, wrongLine } from "./report.ts";
import { scoreOf } from "./score.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    wrong: { type: "boolean", default: false },
    reveal: { type: "boolean", default: false },
    baselines: { type: "boolean", default: false },
    goals: { type: "boolean", default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const thawed = thawedFiles();
if (thawed.length > 0) process.stderr.write(`not the frozen held-out set: ${thawed.join(", ")}\n`);

const outcomes = { tuned: await judgeSet("tuned"), "held-out": await judgeSet("held-out") };
const figures = SETS.map((set) => figuresOf(set, outcomes[set]));

if (options.json) say(JSON.stringify({ schemaVersion: 1, thawed, sets: figures, baselines: baselines() }, null, 2));
else {
  for (const set of figures) say(textOf(set));
  if (options.wrong || options.reveal) showWrong("tuned");
  if (options.reveal) showWrong("held-out");
  if (options.baselines) for (const { set, name, score } of baselines()) say(baselineLine(set, name, score));
}
const missed = figures.find(({ set }) => set === "held-out")?.missedGoals ?? [];
process.exitCode = options.goals && (missed.length > 0 || thawed.length > 0) ? EXIT.failed : EXIT.passed;

async function judgeSet(set: SetName): Promise<readonly Outcome[]> {
  const judged: Outcome[] = [];
  for (const server of serversOf(set)) judged.push(...(await judgeServer(pairsOf(set, server))));
  return judged;
}

function showWrong(set: SetName): void {
  for (const outcome of outcomes[set].filter((one) => !isRight(one))) say(wrongLine(outcome));
}

function baselines() {
  if (!options.baselines) return [];
  return SETS.flatMap((set) =>
    Object.entries(BASELINES).map(([name, judge]) => ({
      set,
      name,
      score: scoreOf(outcomes[set].map(({ label, line }) => ({ label, said: judge(line) }))),
    })),
  );
}

function baselineLine(set: SetName, name: string, score: ReturnType<typeof scoreOf>): string {
  const share = (value: number): string => `${(value * 100).toFixed(1)}%`;
  return `${set}, ${name}: accuracy ${share(score.accuracy)}, macro-F1 ${share(score.macroF1)}, false alarms ${share(score.falseAlarms)}, Critical called Safe ${score.criticalCalledSafe}, Critical missed ${share(score.criticalMissed)}`;
}
