/** The built pages on a loopback port, with the headers Cloudflare Pages would send and a report API behind /api. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";
import { startReportApi } from "../standins/report-api.ts";

export const PAGES = new URL("../../pages/", import.meta.url).pathname;

/** Builds the pages, into `pages/dist` unless another folder is given. */
export async function buildPages(outDir = `${PAGES}dist`): Promise<void> {
  await build({ root: PAGES, logLevel: "error", build: { outDir } });
}

/** Builds the pages into a folder of their own, so that tests can run side by side, and serves them. */
export async function startOwnSite() {
  const outDir = await mkdtemp(join(tmpdir(), "pages-"));
  await buildPages(outDir);
  const site = await startSite(outDir);
  return { ...site, close: () => site.close().then(() => rm(outDir, { recursive: true })) };
}

/** Serves built pages in front of a stand-in of the report API. */
export async function startSite(outDir = `${PAGES}dist`) {
  const api = await startReportApi();
  const server = await preview({
    root: PAGES,
    logLevel: "silent",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, headers: await pageHeaders(), proxy: { "/api": api.url } },
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error("vite preview gave no address");
  return {
    url: url.replace(/\/$/, ""),
    api,
    close: async () => {
      await server.close();
      await api.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;

/** The headers that `_headers` gives every page. */
async function pageHeaders(): Promise<Record<string, string>> {
  const text = await readFile(`${PAGES}public/_headers`, "utf8");
  return Object.fromEntries([...text.matchAll(/^ {2}([\w-]+): (.+)$/gm)].map(([, name, value]) => [name, value]));
}
