/** Starts the pages in the browser. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { failureOf } from "./api/failure.ts";
import { router } from "./router.tsx";
import "./styles.css";

/** Pause before the second attempt, in milliseconds. */
const RETRY_MS = 300;

/** A connection that broke is tried once more before anyone is alarmed; a refusal is an answer. */
function retry(failures: number, error: Error): boolean {
  return failures === 0 && failureOf(error).kind === "unreachable";
}

// Offline must read as "does not answer", not as waiting for ever: hence the network mode.
const queries = new QueryClient({
  defaultOptions: { queries: { retry, retryDelay: RETRY_MS, networkMode: "always" } },
});

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
