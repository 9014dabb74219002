/** One tab that goes from screen to screen. To open another takes a browser as long as everything else. */
import { expect } from "vitest";
import type { Visit } from "./browser.ts";

interface Place {
  readonly tab: Visit;
  readonly origin: string;
}

export function readerOf(place: () => Place) {
  /** Loads an address anew. */
  async function at(path: string): Promise<Visit> {
    const { tab, origin } = place();
    await tab.goto(`${origin}${path}`);
    return tab;
  }

  /** The tab at an address, as the test before left it there: for tests that read it, or unfold a part of their own. */
  async function on(path: string): Promise<Visit> {
    const { tab, origin } = place();
    return tab.page.url() === `${origin}${path}` ? tab : at(path);
  }

  /** Goes to an address and waits until all of these words are on screen. Nothing may have been complained of. */
  async function reads(path: string, ...words: readonly string[]): Promise<void> {
    const visited = await on(path);
    for (const each of words) await expect.poll(() => textOf(visited), { timeout: 20_000 }).toContain(each);
    expect(visited.complaints).toEqual([]);
  }

  return { at, on, reads };
}

/** The text of the page as a reader sees it, white space collapsed. */
async function textOf({ page }: Visit): Promise<string> {
  return (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
}
