/**
 * All screens by axe, in both colour schemes and at both widths, what the screens of deployments that do not run say, and the trends.
 * Apart from the others, so that both run side by side.
 */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BASE_PAIR, JSON_PAIR } from "../standins/pair-data.ts";
import { FAILED_ID, MAIN_ID, PENDING_ID } from "../standins/report-data.ts";
import { faults, startBrowser, type Visit, visit } from "./browser.ts";
import { readerOf } from "./reader.ts";
import { type Site, startOwnSite } from "./site.ts";

let browser: Browser;
let site: Site;
let tab: Visit;

beforeAll(async () => {
  [browser, site] = await Promise.all([startBrowser(), startOwnSite()]);
  tab = await visit(browser, `${site.url}/`);
});

afterEach(() => site.api.setMode("data"));

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const { at, on, reads } = readerOf(() => ({ tab, origin: site.url }));

it.each([
  ["/", "Start of something new"],
  [`/deployments/${MAIN_ID}`, "GET /products"],
  [`/deployments/${MAIN_ID}/pairs`, "GET /export"],
  [`/deployments/${FAILED_ID}`, "The last lines of what failed"],
  [`/pairs/${JSON_PAIR}`, "Bodies side by side"],
  [`/pairs/${BASE_PAIR}`, "Bodies side by side"],
  ["/trends", "eu-central"],
  ["/nowhere", "All deployments"],
])("%s has no fault that axe finds, in light and dark, and fits a phone", async (path, last) => {
  await tab.goto(`${site.url}${path}`);
  const { page } = tab;
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByText(last).or(page.getByLabel(last)).first().waitFor();
  for (const summary of await page.locator("summary").all()) await summary.click();
  expect(await faults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await faults(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
});

describe("the report of a deployment that does not run", () => {
  it("says what it waits for", async () => {
    await reads(
      `/deployments/${PENDING_ID}`,
      "Starting: CI has not pushed ghcr.io/example/shop:3f9c1ab yet",
      "Nothing is mirrored yet. It waits for: CI has not pushed ghcr.io/example/shop:3f9c1ab yet web: its image",
      "shop.example.com: mirrored as soon as the shadow has an address",
    );
  });

  it("says why it failed, refused keys first, with the log as text that scrolls by keyboard", async () => {
    await reads(
      `/deployments/${FAILED_ID}`,
      "Failed: image ghcr.io/example/shop:3f9c1ab was not found",
      "#124 hostile⟨U+202E⟩gnp 3f9c1ab",
      "web failed ghcr.io/example/shop:3f9c1ab it ended with 1, four times",
      "refused compose.yaml:31 services.web.privileged: A shadow runs without the host's rights.",
    );
    const { page } = await on(`/deployments/${FAILED_ID}`);
    const log = page.locator("pre", { hasText: "<script>alert(2)</script> is no route" });
    expect(await log.innerText()).toContain("no such table: ⟨U+202E⟩stnuocca");
    await log.focus();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("PRE");
  });
});

describe("trends", () => {
  it("say how much of each budget is used, where that leads, and with which commit a step began", async () => {
    await reads(
      "/trends",
      "3 endpoints: 1 over a budget, 1 close to one, 1 without any",
      "84 % 63 ms of 75 ms close to the budget: at this pace over it in about 12 days",
      "p95 rose from 41 ms to 62 ms (1.5 ×) with commit a1b56c5, on Nov 11.",
      "120 % 6 % of 5 % over the budget",
      "The newest run brought no budgets, so there is nothing to hold it against.",
      "us-east 44 ms 61 ms 0 % 2.4 ×",
    );
  });

  it("have the numbers of every run in a table, and mark the run that the keyboard chooses", async () => {
    const { page } = await on("/trends");
    const table = page.getByRole("table", { name: "Runs of GET /api/shadow/stats" });
    expect(await table.getByRole("row").count()).toBe(33);
    const slider = page.getByRole("slider", { name: "Run of GET /api/shadow/stats" });
    await slider.focus();
    await page.keyboard.press("Home");
    expect(await slider.getAttribute("aria-valuetext")).toContain(
      "Oct 20 06:30 UTC, main a1b2c3d: p50 23 ms, p95 39 ms",
    );
  });

  it("show runs in a few groups where not all of them are wanted", async () => {
    const { page } = await on("/trends");
    await page.getByRole("button", { name: "Hide all runs of GET /api/shadow/stats" }).press("Enter");
    const groups = page.getByRole("list", { name: "Groups of runs of GET /api/shadow/stats" }).getByRole("listitem");
    expect(await groups.count()).toBe(12);
    expect(await groups.last().innerText()).toBe("3 runs: p95 up to 64 ms");
    await page.getByRole("button", { name: "Show all runs of GET /api/shadow/stats" }).press("Enter");
    await page.getByRole("table", { name: "Runs of GET /api/shadow/stats" }).waitFor();
  });

  it("are narrowed by keyboard into an address that can be sent, and show text of pull requests as it is", async () => {
    const { page } = await on("/trends");
    await page.getByLabel("Pull request").fill("128");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/trends?pull=128");
    await reads("/trends?pull=128", "1 run, newest", "#128 feature/⟨U+202E⟩elbat 3f9c1ab");
    await page.getByLabel("Region").selectOption("us-east");
    await page.waitForURL("**/trends?pull=128&region=us-east");
    await page.getByText("No run fits these filters").waitFor();
    await page.getByRole("link", { name: "Show all runs" }).click();
    await page.getByText("GET /healthz").first().waitFor();
  });

  it("name the next command while there is no run", async () => {
    site.api.setMode("empty");
    await at("/trends");
    await reads("/trends", "No probe run yet", "shadow-infra probe --base-url http://localhost:8001 --post-to");
  });
});
