/**
 * A fault before every statement of the tee, each in one kind of request that runs it: no client notices. `npm run chaos:faults`
 * tries every statement in every kind of request.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { send } from "./client.ts";
import { HALVES_MS } from "./origins.ts";
import { SCENARIOS } from "./scenarios.ts";
import { type Stand, startStand } from "./stand.ts";
import { runTrials, type Trials } from "./trials.ts";

const LIMIT_MS = 180_000;

/** Of all statements; what is left needs an isolate whose tables are full, or limits of seconds that run out. */
const LEAST_HIT = 0.91;

let stand: Stand;
let trials: Trials;

beforeAll(async () => {
  stand = await startStand();
  trials = await runTrials(stand, { scenariosEach: 1, alwaysEverywhere: false, ledger: false });
  const { statements, neverHit } = trials;
  process.stdout.write(`${statements.length - neverHit.length} of ${statements.length} statements of the tee hit\n`);
}, LIMIT_MS);

afterAll(() => stand?.close());

test("without a fault, every kind of request is answered as production alone answers it, byte for byte", () => {
  expect(trials.unequal).toEqual([]);
});

test("with a fault before any one statement, once or every time, no client notices and no upload is repeated", () => {
  const noticed = trials.breaches.map(({ statement, scenario, mode, what }) => {
    return `${statement.file}:${statement.line} ${statement.text} [${scenario}, ${mode}] ${what}`;
  });
  expect(noticed).toEqual([]);
});

test("nearly every statement was really hit", () => {
  const { statements, neverHit } = trials;
  const share = 1 - neverHit.length / statements.length;
  expect(share, neverHit.map(({ file, line }) => `${file}:${line}`).join("\n")).toBeGreaterThan(LEAST_HIT);
});

test.each(["/halves", "/chunks"])(
  "the first half of a slow answer to %s does not wait for the second",
  async (path) => {
    const [plain] = SCENARIOS;
    if (plain === undefined) throw new Error("there are no scenarios");
    await stand.create({ id: path, kind: plain.kind, faults: [], always: false, warm: true });
    const { reply } = await send(stand.port, { ...plain, path }, path);
    expect(reply.body.length).toBe(100);
    expect(reply.firstBytesMs).toBeLessThan(HALVES_MS / 2);
  },
);
