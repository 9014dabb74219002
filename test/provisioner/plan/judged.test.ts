/** Pull requests made to a branch that anyone who may push could have made: it judges no more than a head does. */
import { describe, expect, test } from "vitest";
import { planOf, refusal, workloadOf } from "./answers.ts";
import { CONFIG, DEFAULT, TIP, type World } from "./repository.ts";

const TO_ANOTHER = {
  pull: { base: { sha: TIP, ref: "wip" }, judgedBy: { sha: DEFAULT, ref: "main" } },
  allowed: { hosts: ["shop.example.com", "pay.example.com"] },
} satisfies World;

/** What somebody writes on a branch of their own, to make a pull request to it. */
const LAX = `version: 1
hosts: [shop.example.com, pay.example.com]
images: { web: "ghcr.io/acme/web:{sha}" }
sampling: { rate: 1, max_rps: 1000, methods: [GET, POST, DELETE] }
credentials: { authorization: "secret:TEST_TOKEN" }
stack: { env: { DB: "secret:SHADOW_DB" }, egress: ["attacker.example:443"] }
routes: [{ match: "GET /v1/orders", ignore: ["$"] }]
gate: { min_pairs: 1 }
`;
const STRICT = `${CONFIG}redact: { names: [ssn] }
gate: { min_pairs: 500, mode: blocking }
stack: { env: { MODE: shadow } }
`;

describe("a base that is neither the default branch nor listed", () => {
  const world: World = {
    ...TO_ANOTHER,
    byDefault: { ".shadow-infra.yml": STRICT },
    everywhere: { ".shadow-infra.yml": LAX },
  };

  test("admits nothing that the default branch does not, for shadow and base", async () => {
    const { registration, shadow, base, notes } = await planOf(world);
    expect(registration).toMatchObject({
      hosts: ["shop.example.com"],
      rate: 0.01,
      maxRps: 20,
      methods: ["GET"],
      credentials: {},
      redact: { names: ["ssn"] },
    });
    expect(registration.compare?.routes?.flatMap(({ ignore }) => ignore ?? []) ?? []).toEqual([]);
    for (const stack of [shadow, base])
      expect(workloadOf(stack)).toMatchObject({ env: { MODE: "shadow" }, egress: [] });
    expect(notes.filter(({ code }) => code === "not-trusted").map(({ key }) => key)).toEqual(
      expect.arrayContaining(["hosts", "sampling.rate", "stack.env", "stack.egress", "credentials"]),
    );
  });

  test("may make it stricter", async () => {
    const tip = { ".shadow-infra.yml": `${CONFIG}redact: { names: [iban] }\nsampling: { max_rps: 2 }\n` };
    const { registration } = await planOf({ ...world, everywhere: {}, tip });
    expect(registration).toMatchObject({ maxRps: 2, redact: { names: ["ssn", "iban"] } });
  });

  test("stops everything where it, or the default branch, cannot be read", async () => {
    const broken = { ".shadow-infra.yml": "hosts: {" };
    for (const one of [{ byDefault: broken }, { tip: broken }])
      expect(await refusal({ ...TO_ANOTHER, ...one })).toMatchObject({ code: "config-unreadable" });
  });
});

test("a merge base that was let out further is let out as far as the operator says now", async () => {
  const { base } = await planOf({
    mergeBase: { ".shadow-infra.yml": `${CONFIG}stack: { egress: ["db.staging:5432", "old.staging:5432"] }\n` },
    allowed: { egress: ["db.staging:5432"] },
  });
  expect(workloadOf(base).egress).toEqual(["db.staging:5432"]);
});

test("a base that speaks for itself is asked itself", async () => {
  const { registration } = await planOf({ ...TO_ANOTHER, everywhere: { ".shadow-infra.yml": LAX }, pull: {} });
  expect(registration).toMatchObject({ hosts: ["shop.example.com", "pay.example.com"], rate: 1 });
});
