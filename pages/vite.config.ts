/** Builds the drift report's pages to `pages/dist`. `vite dev pages` talks to the report API of the local start. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The report API's port in the local start. */
const REPORT_API = "http://127.0.0.1:8001";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The Content-Security-Policy allows no inline and no data: scripts, styles or images.
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0 },
  server: { host: "127.0.0.1", port: 5173, strictPort: true, proxy: { "/api": REPORT_API } },
});
