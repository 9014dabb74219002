/** Reading a compose file that asks for more and more: it gets what it may have, and no more than that. */
import { expect, test } from "vitest";
import type { ComposeSource, ReadCompose } from "../../../core/shadow/compose/source.ts";
import { composeAt } from "../../../infra/provisioner/plan/compose.ts";

const QUESTION = { path: "compose.yaml", variables: {}, read: async () => ({ kind: "file", text: "" }) as const };

function wanting(paths: (round: number) => readonly string[]): {
  readonly rounds: () => number;
  readonly readCompose: (source: ComposeSource) => ReadCompose;
} {
  let round = 0;
  return {
    rounds: () => round,
    readCompose: () => {
      round += 1;
      return { ok: false, reason: "files-wanted", paths: paths(round) };
    },
  };
}

test.each<[string, (round: number) => readonly string[]]>([
  ["one file after the other", (round) => [`f${round}`]],
  ["very many at once", () => Array.from({ length: 1_000 }, (_, n) => `f${n}`)],
  ["the same again and again", () => ["compose.yaml"]],
])("a reading that asks for %s ends", async (_what, paths) => {
  const { readCompose, rounds } = wanting(paths);
  const answer = await composeAt({ readCompose, schema: {} }, QUESTION);
  expect(answer).toMatchObject({ ok: false, kind: "refused", code: "compose-files" });
  expect(rounds()).toBeLessThanOrEqual(25);
});
