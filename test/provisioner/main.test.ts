/** The provisioner as a process: how it starts, what it says when it cannot, and how it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { listen } from "../servers/http.ts";
import { waitFor } from "../servers/wait-for.ts";
import { deliver, SECRET } from "./service-stand.ts";

const FILE = "repositories: [{ id: 1, name: acme/shop, hosts: [shop.example.com] }]\ndrivers: [process]\n";

function startMain(env: Readonly<Record<string, string>>, file = FILE) {
  const folder = mkdtempSync(join(tmpdir(), "provisioner-"));
  const operator = join(folder, "operator.yaml");
  writeFileSync(operator, file);
  const child: ChildProcess = spawn(process.execPath, ["infra/provisioner/main.ts"], {
    env: { SHADOW_INFRA_OPERATOR_FILE: operator, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, ended, output: () => output };
}

/** Nobody is where GitHub and the report Worker should be. */
async function environment(port: number) {
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  return {
    GITHUB_WEBHOOK_SECRET: SECRET,
    GITHUB_TOKEN: "a token that is no token",
    GITHUB_API_URL: nowhere,
    SHADOW_INFRA_REPORT_URL: nowhere,
    SHADOW_INFRA_SERVICE_TOKEN: "the service's token",
    SHADOW_INFRA_LISTEN: `127.0.0.1:${port}`,
  };
}

test("it starts, answers deliveries while nobody else does, ends by SIGTERM, and its log holds no secret", async () => {
  const port = await freePort();
  const main = startMain(await environment(port));
  await waitFor(async () => main.output().includes('"words":"started"') || undefined, `the start: ${main.output()}`);
  const payload = { action: "opened", repository: { id: 1 }, pull_request: { number: 12 } };
  expect(await deliver(`http://127.0.0.1:${port}`, payload)).toMatchObject({ status: 202 });
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  main.child.kill("SIGTERM");
  expect(await main.ended).toBe(0);
  const lines = main.output().trim().split("\n");
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  for (const secret of [SECRET, "a token that is no token", "the service's token"])
    expect(main.output()).not.toContain(secret);
});

test("wrong settings end it with 2 and every reason; a taken port with 3", async () => {
  const taken = await listen((_req, res) => res.end());
  onTestFinished(() => taken.close());
  const [wrong, late] = [startMain({}, "repositories: []"), startMain(await environment(taken.port))];
  expect(await wrong.ended).toBe(2);
  for (const words of ["operator.yaml:1:15", "GITHUB_WEBHOOK_SECRET", "SHADOW_INFRA_REPORT_URL"])
    expect(wrong.output()).toContain(words);
  expect(await late.ended).toBe(3);
  expect(late.output()).toContain("SHADOW_INFRA_LISTEN");
});
