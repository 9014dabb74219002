import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  BASE_PAIR,
  BINARY_PAIR,
  CUT_PAIR,
  JSON_PAIR,
  NO_ANSWER_PAIR,
  SETTLED_PAIR,
  TEXT_PAIR,
  UNKEPT_PAIR,
} from "../standins/pair-data.ts";
import { CLOSED_ID, MAIN_ID } from "../standins/report-data.ts";
import { startBrowser, type Visit, visit } from "./browser.ts";
import { readerOf } from "./reader.ts";
import { type Site, startOwnSite } from "./site.ts";

let browser: Browser;
let site: Site;
let tab: Visit;

beforeAll(async () => {
  [browser, site] = await Promise.all([startBrowser(), startOwnSite()]);
  tab = await visit(browser, `${site.url}/`, { permissions: ["clipboard-read", "clipboard-write"] });
});

afterEach(() => site.api.setMode("data"));

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const { at, on, reads } = readerOf(() => ({ tab, origin: site.url }));

describe("the list of deployments", () => {
  it("shows pull request, commit, state with its reason, verdict and counts", async () => {
    await reads(
      "/",
      "Return prices in minor units and page the order history",
      "example/shop #128 feature/minor-units 3f9c1ab",
      "9 drifts in 1,240 pairs 176 Critical · 118 Warning · 12 Undecided · 934 Safe",
      "Failed: image ghcr.io/example/shop:3f9c1ab was not found",
    );
  });

  it("leads to the report by keyboard alone", async () => {
    const { page } = await on("/");
    await page.getByRole("link", { name: "Return prices in minor units" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What changed" }).waitFor();
    expect(page.url()).toBe(`${site.url}/deployments/${MAIN_ID}`);
  });

  it("names the next command while there is none", async () => {
    site.api.setMode("empty");
    await reads("/", "npm start -- --prod http://localhost:3000 --shadow http://localhost:3001");
  });
});

describe("the drift report", () => {
  it("says the verdict first, accounts for every sampled request, and says what is switched off or silent", async () => {
    await reads(
      `/deployments/${MAIN_ID}`,
      "9 drifts in 1,240 pairs: 4 Critical, 4 Warning, 1 Undecided",
      "1,320 of 26,410 requests sampled",
      "Skipped 74 6 % carried credentials without a test identity 58 4 %",
      "Lost 6 <1 % with an isolate that fell silent 5 <1 % sent, and not stored within an hour 1 <1 %",
      "In flight 4 <1 % on the queue 3 <1 % with the tee 1 <1 % Sampled 1,320 100 %",
      "shop.example.com 14 requests came before mirroring was known",
      "Mirroring of old.example.com is switched off by the kill switch.",
      "A registry does not answer: these are the figures it wrote last.",
    );
  });

  it("says what it costs and keeps", async () => {
    await reads(
      `/deployments/${MAIN_ID}`,
      "Sampling 5 % of requests, at most 20 a second over all isolates a client is in or out by cookie session",
      "shop.example.com: 1.2 % now, by the cap",
      "shop.example.com: open, the shadow does not answer; nothing is mirrored 3 requests skipped by it",
      "GET, HEAD on /v1/**, without /admin/** POST /v1/orders: mirrored",
      "authorization of a test identity are sent in place of the user's",
      "names: ssn patterns: EMP-[0-9]{6} telephone numbers",
    );
  });

  it("shows each route's latencies of both sides, and that nothing was measured", async () => {
    await reads(
      `/deployments/${MAIN_ID}`,
      "59 × p95, 31 to 88 × prod 8.4 ms → 9.1 ms 21 ms → 1,240 ms 60 ms → 2,400 ms",
      "3 62 – – – –",
    );
  });

  it("says what runs, how it is shut in, and which keys of the compose file do not", async () => {
    await reads(
      `/deployments/${MAIN_ID}`,
      "Shut in by Pod Security baseline only, not restricted",
      "Base commit b5e01d7c29a84f63905d1e7a46c83f2b7d90e5a1 Ends by itself 2026-11-28 20:00:00 UTC",
      "web ready ghcr.io/example/shop:3f9c1ab",
      "adjusted compose.yaml:22 services.db.volumes[0]: The path of the host became an empty volume",
    );
  });

  it("says when a drift shows, and copies its smallest request", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    const group = page.getByRole("region", { name: "GET /orders/{id}", exact: true });
    await group.getByText("38 of 38 with currency=EUR and without header accept-language, 0 of 611").waitFor();
    const request = group.locator("pre", { hasText: "/orders/17?currency=EUR" });
    expect(await request.isVisible()).toBe(false);
    await group.getByText("smallest request that shows it").click();
    expect(await request.isVisible()).toBe(true);
    await group.getByRole("button", { name: "Copy smallest curl" }).click();
    await group.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain(`"$SHADOW_URL"'/orders/17?currency=EUR'`);
  });

  it("shows what has one cause on several routes once, and that no model answered", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    const group = page.getByRole("region", { name: "header:x-frame-options on 2 routes" });
    expect(await group.getByText("A security header is gone.").filter({ visible: true }).count()).toBe(1);
    expect(await group.getByText("model unavailable").first().isVisible()).toBe(true);
    await group.getByText("The same on 1 other route").click();
    expect(await group.getByText("GET /search").isVisible()).toBe(true);
    await page.getByText("9 drifts of 8 causes on 5 routes").waitFor();
    await page.getByText('set "compare: shape" for these routes').waitFor();
  });

  it("groups drifts by route with rule, reason, example, count and share", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    const group = page.getByRole("region", { name: "GET /orders/{id}", exact: true });
    const text = (await group.innerText()).replaceAll(/\s+/g, " ");
    expect(text).toContain("$.items[*].price A number became a string: clients that calculate with it break.");
    expect(text).toContain('prod 19.99 → shadow "1999" type-changed decided by a rule');
    expect(text).toContain("98 % 61 of 62");
    expect(text).toContain("decided by the model claude-sonnet-4-6");
  });

  it("keeps noise folded, counted and inspectable", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    const reason = page.getByText("two answers of production differ here too");
    const summary = page.getByText("2 suppressed differences on 2 routes");
    await summary.waitFor();
    expect(await reason.isVisible()).toBe(false);
    await summary.click();
    expect(await reason.isVisible()).toBe(true);
    const made = page.getByRole("region", { name: "Made anew for each answer" });
    expect((await made.innerText()).replaceAll(/\s+/g, " ")).toContain("1 difference GET /orders/{id} $.servedAt");
  });

  it("says what is a broken contract, and which wish to ignore was refused", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    const group = page.getByRole("region", { name: "GET /orders/{id}", exact: true });
    await group.getByText("OpenAPI contract", { exact: true }).waitFor();
    await group.getByText("not ignored The wish to ignore $.giftNote was refused").waitFor();
  });

  it("proposes routes that look like one, with the command that merges them", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    const region = page.getByRole("region", { name: "Routes that look like one" });
    await region.getByText("3 routes: GET /blog/bread, GET /blog/cakes, GET /blog/it's-tea").waitFor();
    await region.getByRole("button", { name: "Copy curl that merges" }).click();
    await region.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain('"target":"GET /blog/{slug}"');
  });

  it("is renewed while the deployment is open, and left alone once it is closed", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    await page.waitForRequest((request) => request.url().endsWith(`${MAIN_ID}/drifts`), { timeout: 5_000 });
    const closed = await at(`/deployments/${CLOSED_ID}`);
    await closed.page.getByText("Where every request went").waitFor();
    await closed.page.waitForLoadState("networkidle");
    const asked = closed.page.waitForRequest(() => true, { timeout: 2_500 });
    await expect(asked).rejects.toThrow(/Timeout/);
  });

  it("keeps what it had, and says so, when the API stops answering", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}`);
    await page.getByRole("heading", { name: "What changed" }).waitFor();
    await page.route("**/api/**", (route) => route.abort());
    await page.getByText("What you see is from before").waitFor();
    expect(await page.getByRole("heading", { name: "What changed" }).isVisible()).toBe(true);
    await page.unrouteAll();
  });
});

describe("a pair", () => {
  it("marks changed, missing, extra and reordered lines in words, not only in colour", async () => {
    const { page } = await on(`/pairs/${JSON_PAIR}`);
    const body = page.getByRole("table", { name: "Bodies side by side" });
    const row = (text: string) => body.getByRole("row").filter({ hasText: text }).first().innerText();
    expect(await row('"price": 20.99')).toContain("changed type, Critical: type-changed");
    expect(await row('"email"')).toContain("missing in the shadow, Critical: field-removed");
    expect(await row('"giftNote"')).toContain("only in the shadow, Warning: field-added");
    expect(await row('"servedAt"')).toContain("changed, noise: value-changed");
    expect(await row('"tags"')).toContain("other order");
  });

  it("shows integers beyond 2^53 digit by digit", async () => {
    await reads(`/pairs/${JSON_PAIR}`, "9007199254740993", "9007199254740992");
  });

  it("unfolds equal lines", async () => {
    const { page } = await on(`/pairs/${JSON_PAIR}`);
    expect(await page.getByText('"SKU-4"').count()).toBe(0);
    await page.getByRole("button", { name: "Show 20 equal lines" }).click();
    expect(await page.getByText('"SKU-4"').count()).toBe(2);
  });

  it("copies the request as curl with placeholders for secrets", async () => {
    const { page } = await on(`/pairs/${JSON_PAIR}`);
    await page.getByRole("link", { name: "#128" }).waitFor();
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByText("Copied").waitFor();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toContain("'https://pr-128-3f9c.shadow.example.com/orders/17?expand=items&session=<SECRET>'");
    expect(copied).toContain("'x-client-key: <X_CLIENT_KEY>'");
  });

  it.each([
    ["why there is no answer", NO_ANSWER_PAIR, "No answer it did not finish in time, given up after 5,000 ms"],
    ["text line by line", TEXT_PAIR, "<p>Welcome back</p> <p>Welcome</p>"],
    ["that a body is binary", BINARY_PAIR, "Binary bodies are compared by size and bytes: they differ."],
    ["that a body was cut", CUT_PAIR, "cut at the capture limit; the whole body has 4.2 MB"],
    ["that the answers were not kept", UNKEPT_PAIR, "The answers of this pair were not kept"],
    ["that equal answers are not kept", SETTLED_PAIR, "Both answers were equal byte for byte; bodies are not kept."],
  ])("says %s", async (_, id, words) => {
    await reads(`/pairs/${id}`, words);
  });

  it("names the base stack where the shadow is held against its answer, and shows that one beside the shadow's", async () => {
    const { page } = await on(`/pairs/${BASE_PAIR}`);
    const base = await page.getByRole("region", { name: "Base" }).innerText();
    expect(base).toContain("reference");
    const body = page.getByRole("table", { name: "Bodies side by side" });
    expect(await body.getByRole("columnheader", { name: "Base" }).count()).toBe(1);
    expect(await body.innerText()).not.toContain("from production");
  });

  it("is found in the list, narrowed by verdict", async () => {
    const { page } = await on(`/deployments/${MAIN_ID}/pairs`);
    await page.getByRole("link", { name: "Warning", exact: true }).click();
    await page.getByText("2 pairs, newest first").waitFor();
    await page.getByRole("link", { name: "GET /logo.png" }).click();
    await page.getByText("The bytes differ.").waitFor();
  });
});

describe("what shadows send", () => {
  it.each([
    ["/", "<img src=x onerror=alert(1)> title"],
    [`/deployments/${MAIN_ID}`, "<script>alert(1)</script>"],
    [`/pairs/${JSON_PAIR}`, "<script>alert(1)</script> ⟨U+202E⟩gnp.exe"],
  ])("stays text at %s: no markup, no script, no dialog, links to http and https only", async (path, words) => {
    const { page, complaints } = await at(path);
    await page.getByText(words).first().waitFor();
    expect(await page.locator("main img, main script, main iframe").count()).toBe(0);
    expect(await page.locator("a:not([href^='/']):not([href^='http']):not([href^='#'])").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe("failures", () => {
  it.each([
    ["no-authentication", "/", "Authentication is not configured", "ACCESS_TEAM_DOMAIN"],
    ["other-form", "/", "The report API answered in a form this page does not know", "Reload the page"],
    ["data", "/deployments/1-1-abcdefabcdef", "There is nothing at this address", "All deployments"],
    ["data", "/pairs/unknown", "There is nothing at this address", "All deployments"],
    ["data", "/no/such/page", "There is nothing at this address", "All deployments"],
  ] as const)("%s at %s: %s", async (...[mode, path, title, advice]) => {
    site.api.setMode(mode);
    const { page } = await at(path);
    const text = await page.getByRole("alert").innerText();
    expect(text).toContain(title);
    expect(text).toContain(advice);
  });

  it("names the command when the API does not answer, and recovers by itself", async () => {
    site.api.setMode("gone");
    const { page } = await at("/");
    const text = await page.getByRole("alert").innerText();
    expect(text).toContain("The report API does not answer");
    expect(text).toContain("npm start");
    site.api.setMode("data");
    await page.getByRole("heading", { name: "Shadow deployments" }).waitFor();
  });
});
