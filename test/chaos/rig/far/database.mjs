/**
 * A database that can be broken while it runs. Wraps what the Workers reach D1 by; `POST /<mode>` to the host CONTROL turns it.
 * Garbage: statements that were carried out and whose answer is lost, and rows that are no rows.
 */
const CONTROL = "chaos.control";
const SLOW_MS = 2_000;

let mode = "none";
let turn = 0;

/** Answers a control request; undefined for all others. */
export function controlled(request) {
  const { hostname, pathname } = new URL(request.url);
  if (hostname !== CONTROL) return undefined;
  mode = pathname.slice(1);
  return new Response("set");
}

async function call(run) {
  if (mode === "down") throw new Error("D1_ERROR: Network connection lost.");
  if (mode === "hang") return new Promise(() => undefined);
  if (mode === "slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  if (mode !== "garbage") return run();
  turn += 1;
  if (turn % 3 === 0) throw new Error("D1_ERROR: \u0000\uFFFD");
  const result = await run();
  if (turn % 3 === 1) throw new Error("D1_ERROR: the answer was lost");
  return result;
}

const RUNS = ["run", "all", "first", "raw"];

function wrappedStatement(statement) {
  const wrapped = { statement, bind: (...values) => wrappedStatement(statement.bind(...values)) };
  for (const name of RUNS) wrapped[name] = (...args) => call(() => statement[name](...args));
  return wrapped;
}

function wrappedDatabase(database) {
  return {
    prepare: (sql) => wrappedStatement(database.prepare(sql)),
    batch: (statements) => call(() => database.batch(statements.map(({ statement }) => statement))),
    exec: (sql) => call(() => database.exec(sql)),
    withSession: () => wrappedDatabase(database),
  };
}

/** The environment with its database wrapped. */
export function breakable(env) {
  return { ...env, DB: wrappedDatabase(env.DB) };
}
