/** Plans for drivers that run no compose file: previews that are there already, and a command of the operator's. */
import { describe, expect, test } from "vitest";
import { planOf, refusal } from "./answers.ts";
import { CONFIG, MERGE_BASE, type World } from "./repository.ts";

describe("the driver url", () => {
  const world = (previewUrl: string | null): World => ({ settings: { drivers: ["url"] }, previewUrl });

  test("takes the host of GitHub's deployment, under a suffix of the operator's", async () => {
    const { shadow, base } = await planOf(world("https://pr-12.preview.acme.example/start?x=1"));
    expect([shadow.workload, base]).toEqual([{ kind: "preview", origin: "https://pr-12.preview.acme.example" }, null]);
    expect((await planOf(world(null))).shadow.workload).toEqual({ kind: "preview", origin: null });
  });

  test.each([
    "https://evil.example",
    "http://pr.preview.acme.example",
    "https://127.0.0.1",
    "no address",
    "javascript:alert(1)",
  ])("and nothing else: %s", async (url) => {
    expect(await refusal(world(url))).toMatchObject({
      kind: "refused",
      words: expect.stringContaining("preview.acme.example"),
    });
  });
});

test("the driver process runs the operator's command, and the base commit only where the file asks for it", async () => {
  const world: World = {
    settings: { drivers: ["process"] },
    allowed: { process: { command: ["node", "app.mjs"], env: {} } },
  };
  const { shadow, base } = await planOf(world);
  expect([shadow.workload, base]).toEqual([{ kind: "process", command: ["node", "app.mjs"], env: {} }, null]);
  const asked = await planOf({ ...world, tip: { ".shadow-infra.yml": `${CONFIG}control: base\n` } });
  expect(asked.base?.identity).toEqual({ repoId: 7, pr: 12, role: "base", sha: MERGE_BASE });
});
