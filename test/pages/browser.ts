/** A headless Chromium for the pages' tests, and a page of it that writes down what a user would not see. */
import { existsSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser. Fails with what to do when there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = CANDIDATES.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw new Error("no Chromium found: install it (apt-get install chromium) or set CHROMIUM_PATH to its executable");
  }
  return chromium.launch({ executablePath, args: ARGS });
}

export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught exceptions and refused resources since the address was opened. */
  readonly complaints: readonly string[];
  /** Opens another address in the same tab. */
  goto(url: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens an address and waits until it has settled. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const goto = async (address: string) => {
    // What the page before still complains of is not this one's.
    await page.goto("about:blank");
    complaints.length = 0;
    await page.goto(address);
    await page.locator("h1").first().waitFor();
  };
  await goto(url);
  return { page, complaints, goto, close: () => context.close() };
}

/** What axe finds wrong with a page as it is now, one line each. */
export async function faults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`);
}
