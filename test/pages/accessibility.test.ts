/** All screens by axe, in both colour schemes and at both widths. Apart from what they say, so that both run side by side. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BASE_PAIR, JSON_PAIR } from "../standins/pair-data.ts";
import { FAILED_ID, MAIN_ID } from "../standins/report-data.ts";
import { faults, startBrowser, type Visit, visit } from "./browser.ts";
import { type Site, startOwnSite } from "./site.ts";

let browser: Browser;
let site: Site;
let tab: Visit;

beforeAll(async () => {
  [browser, site] = await Promise.all([startBrowser(), startOwnSite()]);
  tab = await visit(browser, `${site.url}/`);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it.each([
  ["/", "Start of something new"],
  [`/deployments/${MAIN_ID}`, "GET /products"],
  [`/deployments/${MAIN_ID}/pairs`, "GET /export"],
  [`/deployments/${FAILED_ID}`, "The last lines of what failed"],
  [`/pairs/${JSON_PAIR}`, "Bodies side by side"],
  [`/pairs/${BASE_PAIR}`, "Bodies side by side"],
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
