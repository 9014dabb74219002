/** Settings of `dev`: what goes before what, and what is refused in which words. */
import { describe, expect, test } from "vitest";
import { readDevSettings } from "../../../infra/local/settings/dev.ts";
import { noticesOf } from "../../../infra/local/settings/read.ts";
import { LOST_VARIABLES } from "../../../infra/local/settings/variables.ts";

const SERVERS = { prod: "http://localhost:3000", shadow: "http://localhost:3001" };

function valueOf(options: Record<string, unknown>, env: Record<string, string> = {}) {
  const read = readDevSettings(options, env);
  if (!read.ok) throw new Error(read.problems.join("\n"));
  return read.value;
}

function problemsOf(options: Record<string, unknown>, env: Record<string, string> = {}): string {
  const read = readDevSettings(options, env);
  return read.ok ? "" : read.problems.join("\n");
}

describe("what goes before what", () => {
  test("without anything the shop example runs with every request mirrored, on the four known ports", () => {
    const settings = valueOf({});
    expect(settings.between).toEqual({ kind: "example", name: "shop" });
    expect(settings.rate).toBe(1);
    expect(settings.ports).toEqual({ tee: 8080, webhook: 8000, report: 8001, ui: 5173 });
  });

  test("an option goes before the environment, the environment before its old name", () => {
    const env = { SHADOW_INFRA_SAMPLE_RATE: "0.5", SHADOW_SAMPLE_RATE: "0.2" };
    expect(valueOf({ rate: "0.9" }, env).rate).toBe(0.9);
    expect(valueOf({}, env).rate).toBe(0.5);
    expect(valueOf({}, { SHADOW_SAMPLE_RATE: "0.2" }).rate).toBe(0.2);
  });

  test("servers are read under the names of the first version", () => {
    const env = { PROD_URL: SERVERS.prod, SHADOW_URL: `${SERVERS.shadow}/` };
    expect(valueOf({}, env).between).toEqual({ kind: "servers", ...SERVERS });
  });

  test("an example that is asked for goes before servers of the environment", () => {
    const env = { PROD_URL: SERVERS.prod, SHADOW_URL: SERVERS.shadow };
    expect(valueOf({ example: "transit" }, env).between).toEqual({ kind: "example", name: "transit" });
  });
});

describe("what is refused", () => {
  test.each([
    [{ rate: "2" }, "--rate is a share from 0 to 1."],
    [{ teePort: "70000" }, "--tee-port is a port from 1 to 65535."],
    [{ prod: "localhost:3000", shadow: SERVERS.shadow }, "--prod is an http or https address"],
    [{ prod: SERVERS.prod }, "--prod and --shadow belong together"],
    [{ ...SERVERS, example: "shop" }, "--example and --prod exclude each other"],
    [{ ...SERVERS, exit: true }, "--exit runs an example"],
    [{ teePort: "8001" }, "The four ports must differ"],
    [{ prod: "http://127.0.0.1:8080", shadow: SERVERS.shadow }, "requests would go round in circles"],
  ])("%o", (options, words) => expect(problemsOf(options)).toContain(words));

  test("a value of the environment is checked like an option", () => {
    expect(problemsOf({}, { SHADOW_INFRA_SAMPLE_RATE: "much" })).toContain("--rate");
  });
});

describe("names of the first version", () => {
  test.each(LOST_VARIABLES)("$name is answered with what replaced it", ({ name, replacedBy }) => {
    expect(noticesOf({ [name]: "x" })).toEqual([`${name} is set and has no meaning any more. ${replacedBy}`]);
  });

  test("an old name that still works is answered with its name today", () => {
    expect(noticesOf({ PROD_URL: "x" })).toEqual(["PROD_URL is read as SHADOW_INFRA_PROD_URL, its name today."]);
  });

  test("nothing is said when nothing is set", () => expect(noticesOf({})).toEqual([]));
});
