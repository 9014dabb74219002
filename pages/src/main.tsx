/** Starts the pages in the browser. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { router } from "./router.tsx";
import "./styles.css";

// Offline must read as "does not answer", not as waiting for ever; polling is what tries again.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: "always" } } });

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
