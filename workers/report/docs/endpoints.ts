/** `/openapi.json` and `/docs`, made once per isolate from the contract table. */
import type { Handler } from "../endpoints/handler.ts";
import { openApiDocument } from "./openapi.ts";
import { docsPage, docsPolicy } from "./page.ts";

let document: ReturnType<typeof openApiDocument> | undefined;
let page: { readonly html: string; readonly policy: string } | undefined;

export const getOpenApi: Handler<"getOpenApi"> = () => {
  document ??= openApiDocument();
  return { ok: true, status: 200, body: document };
};

export const getDocs: Handler<"getDocs"> = async () => {
  page ??= { html: docsPage(), policy: await docsPolicy() };
  const headers = { "content-security-policy": page.policy };
  return { ok: true, status: 200, type: "text/html", body: page.html, headers };
};
