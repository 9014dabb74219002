/** What the documentation says of the settings is what the program reads. `vitest -u` has no part in it: the table is copied. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { STACK_FAILURES } from "../../../infra/provisioner/drivers/driver.ts";
import { PROBLEMS } from "../../../infra/provisioner/http/problem.ts";
import { OperatorFileSchema } from "../../../infra/provisioner/settings/file-schema.ts";
import { variablesTable } from "../../../infra/provisioner/settings/variables.ts";
import { HANDLED_EVENTS } from "../../../infra/provisioner/webhooks/events.ts";

const page = readFileSync("docs/provisioner.md", "utf8");

test("docs/provisioner.md has the table of variables", () => {
  const [, table] = /<!-- variables -->\n([\s\S]*?)<!-- \/variables -->/.exec(page) ?? [];
  expect(table?.trim()).toBe(variablesTable());
});

test.each(Object.keys(OperatorFileSchema.shape).filter((key) => key !== "version"))(
  "docs/provisioner.md explains %s of the operator's file",
  (key) => expect(page).toMatch(new RegExp(`^\\| \`${key}\\b`, "m")),
);

test.each(STACK_FAILURES)("docs/provisioner.md says what to do about %s", (reason) => {
  expect(page).toContain(`| \`${reason}\` |`);
});

test.each(HANDLED_EVENTS)("docs/provisioner.md lists the event %s", (event) => {
  expect(page).toMatch(new RegExp(`^\\|.*\`${event}\``, "m"));
});

test.each(Object.keys(PROBLEMS).filter((code) => code !== "internal"))(
  "docs/provisioner.md lists the refusal %s",
  (code) => {
    expect(page).toContain(`\`${code}\``);
  },
);
