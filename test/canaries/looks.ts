/** The pages as a reader sees them: built, with the real report Worker behind them, rendered by a browser. */
import { preview } from "vite";
import { DEPLOYMENT_ID, type Stack } from "../flow/stack.ts";
import { startBrowser, visit } from "../pages/browser.ts";
import { buildPages, PAGES } from "../pages/site.ts";
import { listen } from "../servers/http.ts";

/** Markup, text and addresses of the list, the report, its pairs and one pair. */
export async function looksOf(stack: Stack, pairId: string): Promise<readonly Buffer[]> {
  const report = stack.harness.getWorker("shadow-infra-report");
  const api = await listen((request, response) => {
    void (async () => {
      const answer = await report.fetch(`http://localhost${request.url}`);
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  const [browser] = await Promise.all([startBrowser(), buildPages()]);
  const site = await preview({
    root: PAGES,
    logLevel: "silent",
    preview: { host: "127.0.0.1", port: 0, proxy: { "/api": api.url } },
  });
  const [url = ""] = site.resolvedUrls?.local ?? [];
  try {
    const looks: Buffer[] = [];
    for (const path of ["", `deployments/${DEPLOYMENT_ID}`, `deployments/${DEPLOYMENT_ID}/pairs`, `pairs/${pairId}`]) {
      const { page, close } = await visit(browser, `${url}${path}`);
      await page.waitForLoadState("networkidle");
      looks.push(Buffer.from(await page.content()), Buffer.from(await page.locator("body").innerText()));
      await close();
    }
    return looks;
  } finally {
    await Promise.all([browser.close(), site.close(), api.close()]);
  }
}
