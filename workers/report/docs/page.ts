/** The API as a page to read: plain HTML from the contract table, without scripts or anything from elsewhere. */
import { OPERATIONS } from "../../../core/wire/api/contract.ts";
import type { AnswerForm, Audience, Operation } from "../../../core/wire/api/operation.ts";
import { PROBLEMS } from "../../../core/wire/problem.ts";
import { VERSION } from "../version.ts";
import { type Html, html, joined } from "./html.ts";
import { problemsOf } from "./openapi.ts";
import { type Field, fieldsOf } from "./schema-fields.ts";
import { STYLE } from "./style.ts";

const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  anyone: "Anyone may call it.",
  reader: "For people signed in at Cloudflare Access, and the service token.",
  operator: "For people signed in at Cloudflare Access, and the service token.",
  service: "For the service token only.",
};

export function docsPage(): string {
  const operations = Object.entries<Operation>(OPERATIONS);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shadow Infra report API</title>
<style>${{ raw: STYLE }}</style>
</head>
<body>
<header>
<h1>Shadow Infra report API</h1>
<p>Version ${VERSION}. The same as an <a href="/openapi.json">OpenAPI document</a>. Times are ISO 8601 in UTC. Lists are read
page by page: pass <code>nextCursor</code> as <code>cursor</code> until it is null. Reads carry an <code>ETag</code>;
send it as <code>If-None-Match</code> and get 304 while nothing changed. All values of answers are redacted.</p>
</header>
<nav aria-label="Operations"><ul>${joined(operations.map(([id, operation]) => entry(id, operation)))}</ul></nav>
<main>
${joined(operations.map(([id, operation]) => section(id, operation)))}
<section><h2 id="problems">Errors</h2>
<p>Errors are problem documents (RFC 9457). <code>code</code> is permanent, the words are not.</p>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>${joined(Object.entries(PROBLEMS).map(([code, { status, title }]) => html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}.</td></tr>`))}</tbody></table>
</section>
</main>
</body>
</html>`.raw;
}

/** Only this page's own style sheet may apply; scripts, images and frames may not. */
export async function docsPolicy(): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(STYLE)));
  const hash = btoa(Array.from(digest, (byte) => String.fromCharCode(byte)).join(""));
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function entry(id: string, { method, path }: Operation): Html {
  return html`<li><a href="#${id}"><code><b>${method.toUpperCase()}</b> ${path}</code></a></li>`;
}

function section(id: string, operation: Operation): Html {
  const { method, path, summary, audience, params, query, body, answers } = operation;
  const problems = problemsOf(operation).map((code) => html`<a href="#${code}"><code>${code}</code></a> `);
  return html`<section>
<h2 id="${id}"><code><b>${method.toUpperCase()}</b> ${path}</code></h2>
<p>${summary} ${AUDIENCE_WORDS[audience]}</p>
${params === undefined ? "" : fields("Path", fieldsOf(params, "input"))}
${query === undefined ? "" : fields("Query", fieldsOf(query, "input"))}
${body === undefined ? "" : fields("Body (JSON)", fieldsOf(body, "input"))}
${joined(Object.entries<AnswerForm>(answers).map(([status, { type, schema }]) => fields(`Answer ${status} (${type})`, schema === undefined ? [] : fieldsOf(schema, "output"))))}
${problems.length === 0 ? "" : html`<p>Errors: ${joined(problems)}</p>`}
</section>`;
}

function fields(title: string, rows: readonly Field[]): Html {
  const heading = html`<h3>${title}</h3>`;
  if (rows.length === 0) return heading;
  const lines = rows.map(
    ({ name, type, required, description }) =>
      html`<tr><td><code>${name}</code></td><td>${type}</td><td>${required ? "required" : "optional"}</td><td>${withCode(description)}</td></tr>`,
  );
  return html`${heading}<table><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col"></th><th scope="col">Meaning</th></tr></thead><tbody>${joined(lines)}</tbody></table>`;
}

/** Backticks are OpenAPI's markdown for code. */
function withCode(text: string): Html {
  const pieces = text.split("`").map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
  return { raw: pieces.map(({ raw }) => raw).join("") };
}
