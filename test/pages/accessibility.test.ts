/**
 * All screens by axe, in both colour schemes and at both widths, and what the screens of deployments that do not run say. Apart from
 * the others, so that both run side by side.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const { on, reads } = readerOf(() => ({ tab, origin: site.url }));

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
