import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { startBrowser, visit } from "./browser.ts";
import { buildPages, PAGES } from "./site.ts";

const ROOT = join(PAGES, "..");
const WRANGLER = join(ROOT, "node_modules/wrangler/wrangler-dist/cli.js");

let state: string;
let url: string;
const children: ChildProcess[] = [];

/** Cloudflare Pages' own local runtime, with a stand-in behind the service binding. */
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "pages-"));
  await buildPages();
  await startWrangler(ROOT, ["dev", "-c", "test/standins/report-worker/wrangler.toml"]);
  url = await startWrangler(PAGES, ["pages", "dev", "dist", "--service", "API=shadow-infra-report-standin"]);
  await answers(`${url}/api/up`);
});

afterAll(async () => {
  await Promise.all(children.map(ended));
  await rm(state, { recursive: true, force: true });
});

async function startWrangler(cwd: string, args: readonly string[]): Promise<string> {
  const [port, inspector] = [await freePort(), await freePort()];
  const place = ["--ip", "127.0.0.1", "--port", `${port}`, "--inspector-port", `${inspector}`, "--persist-to", state];
  const env = {
    ...process.env,
    WRANGLER_REGISTRY_PATH: join(state, "registry"),
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
  children.push(spawn(process.execPath, [WRANGLER, ...args, ...place], { cwd, env, stdio: "ignore" }));
  const origin = `http://127.0.0.1:${port}`;
  await answers(origin);
  return origin;
}

/** Waits until an address answers 200. */
async function answers(address: string): Promise<void> {
  const up = () =>
    fetch(address).then(
      ({ status }) => status === 200,
      () => false,
    );
  await vi.waitUntil(up, { timeout: 60_000, interval: 200 });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 8_000).unref();
  });
}

describe("the pages as Cloudflare Pages serves them", () => {
  it.each(["/", "/deployments/1-2-abcdefabcdef", "/pairs/x"])("answer %s with the app", async (path) => {
    const answer = await fetch(`${url}${path}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<div id="root">');
  });

  it("allow scripts, styles and connections of their own origin only, and no frame", async () => {
    const { headers } = await fetch(url);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("let nobody keep the app in the place of a file that is not there yet", async () => {
    expect((await fetch(`${url}/assets/not-yet.js`)).headers.get("cache-control")).toBe("no-cache");
  });

  it("start under that policy without a complaint from the browser", async () => {
    const browser = await startBrowser();
    try {
      const { page, complaints } = await visit(browser, `${url}/`);
      expect(await page.getByRole("alert").innerText()).toContain("in a form this page does not know");
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

describe("what the pages forward", () => {
  it("reaches the report Worker as it came: method, address, headers and body", async () => {
    const path = "/api/deployments/1-2-abcdefabcdef?x=%20y";
    const answer = await fetch(`${url}${path}`, { method: "PUT", body: "hello", headers: { "x-own": "kept" } });
    const got = await answer.json();
    expect(got).toMatchObject({ method: "PUT", url: `${url}${path}`, body: "hello", headers: { "x-own": "kept" } });
  });

  it("includes the upgrade to a WebSocket", async () => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/deployments/x/live`);
    const greeting = await new Promise((resolve, reject) => {
      socket.addEventListener("message", (event) => resolve(event.data));
      socket.addEventListener("error", () => reject(new Error("the upgrade was refused")));
    });
    socket.close();
    expect(greeting).toBe("upgraded");
  });

  it.each(["/compare", "/metrics", "/openapi.json", "/apix"])("does not include %s", async (path) => {
    const answer = await fetch(`${url}${path}`);
    expect(answer.headers.get("content-type")).toContain("text/html");
  });
});
