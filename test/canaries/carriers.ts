/** Every way in which a request or an answer may carry a secret. Each makes a pair that holds the canary in one place. */
import type { CapturedPair } from "../../core/pair/captured.ts";
import type { Answer, Headers } from "../../core/pair/pair.ts";

export type Carrier = (text: string) => CapturedPair;

const percent = encodeURIComponent;
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const base64url = (text: string): string => Buffer.from(text).toString("base64url");
const json = (value: unknown): string => JSON.stringify(value);

function pairWith(changes: Partial<CapturedPair>): CapturedPair {
  const empty: Answer = { status: 200, headers: {}, body: "", latencyMs: 1 };
  const meta = { id: "1", deploymentId: "7-1-0123456789ab", repoId: 7, capturedAt: 0, credentials: "none" } as const;
  const request = { method: "GET", path: "/", headers: {}, body: null };
  return { ...meta, request, prod: empty, shadow: empty, ...changes };
}

function inPath(path: string): CapturedPair {
  return pairWith({ request: { method: "GET", path, headers: {}, body: null } });
}

function inHeader(name: string, value: string): CapturedPair {
  const headers: Headers = { [name]: value };
  return pairWith({ prod: { status: 200, headers, body: "", latencyMs: 1 } });
}

function inBody(type: string, body: string, truncated = false): CapturedPair {
  const headers = { "content-type": type };
  const request = { method: "POST", path: "/", headers, body: truncated ? null : body };
  return pairWith({ request, shadow: { status: 200, headers, body, latencyMs: 1, ...(truncated && { truncated }) } });
}

function part(name: string, content: string, more = ""): string {
  return `--x1\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n--x1--\r\n`;
}

const jwt = (text: string): string => `${base64url('{"alg":"HS256"}')}.${base64url(json({ note: text }))}.c2lnbmF0dXJl`;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");
const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export const CARRIERS: Readonly<Record<string, Carrier>> = {
  "a header": (text) => inHeader("x-note", `seen ${oneLine(text)} today`),
  "a header of credentials": (text) => inHeader("authorization", `Bearer ${oneLine(text)}`),
  "a cookie": (text) => inHeader("cookie", `lang=en; prefs=${percent(text)}`),
  "a cookie that is set": (text) => inHeader("set-cookie", `prefs=${percent(text)}; Path=/; HttpOnly`),
  "a redirect": (text) => inHeader("location", `https://shop.test/cb?next=${percent(`/x?note=${percent(text)}`)}`),
  "a query": (text) => inPath(`/search?q=${percent(text)}&page=2`),
  "a query, encoded twice": (text) => inPath(`/search?q=${percent(percent(text))}`),
  "a query in base64url": (text) => inPath(`/search?state=${base64url(json({ note: text }))}`),
  "a path": (text) => inPath(`/notes/${percent(text)}/edit`),
  JSON: (text) => inBody("application/json", json({ a: 1, note: text, list: [text] })),
  "a name in JSON": (text) => inBody("application/json", json({ [text]: 1 })),
  "JSON in a string": (text) => inBody("application/json", json({ payload: json({ note: text }) })),
  "an address in JSON": (text) => inBody("application/json", json({ url: `https://shop.test/?q=${percent(text)}` })),
  NDJSON: (text) => inBody("application/x-ndjson", `${json({ a: 1 })}\n${json({ note: text })}\n`),
  "broken JSON": (text) => inBody("application/json", `{"a": "x"y", "note": ${json(text)}, }`),
  "a form": (text) =>
    inBody("application/x-www-form-urlencoded", `a=1&note=${percent(text).replaceAll("%20", "+")}&b=2`),
  "a part of a form": (text) => inBody("multipart/form-data; boundary=x1", part("note", text)),
  "a file of a form": (text) => inBody("multipart/form-data; boundary=x1", part("upload", text, '; filename="a.txt"')),
  "GraphQL, in the query": (text) =>
    inBody("application/json", json({ query: `mutation { save(note: ${json(text)}) { id } }` })),
  "GraphQL, in the variables": (text) =>
    inBody("application/json", json({ query: "query($n: String!) { a }", variables: { n: text } })),
  "GraphQL alone": (text) => inBody("application/graphql", `mutation { save(note: ${json(oneLine(text))}) { id } }`),
  "a JWT": (text) => inBody("application/json", json({ data: jwt(text) })),
  base64: (text) => inBody("application/json", json({ data: base64(`note: ${text}`) })),
  "base64 of JSON": (text) => inBody("text/plain", `data ${base64(json({ note: text }))} end`),
  base64url: (text) => inBody("text/plain", `data ${base64url(`note: ${text}`)} end`),
  "an attribute": (text) => inBody("text/html", `<p><a title="${xml(text)}" href="/x">x</a></p>`),
  "an element": (text) => inBody("application/xml", `<r><note>${xml(text)}</note></r>`),
  YAML: (text) => inBody("text/yaml", `a: 1\nnote: ${oneLine(text)}\nb: 2\n`),
  events: (text) => inBody("text/plain", `event: note\ndata: ${json({ note: text })}\n\n`),
  prose: (text) => inBody("text/plain", `Please use ${text} from now on.`),
  "JSON cut in the secret": (text) => inBody("application/json", json({ a: 1, note: text }).slice(0, -4), true),
  "text cut in the secret": (text) => inBody("text/plain", `Please use ${oneLine(text).slice(0, -2)}`, true),
  "a field called password": (text) => inBody("application/json", json({ user: { password: text } })),
};

/** All spellings under which a secret could be found in what was stored. */
export function spellings(secret: string): readonly string[] {
  const escaped = json(secret).slice(1, -1);
  const twice = json(escaped).slice(1, -1);
  const markup = xml(secret);
  const quoted = markup.replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
  const encoded = [percent(secret), percent(percent(secret)), ...base64Cores(secret)];
  return Array.from(new Set([secret, escaped, twice, markup, quoted, oneLine(secret), ...encoded]));
}

/** Base64 at each of its three alignments, without the characters that the neighbours decide. */
function base64Cores(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = base64(`${"x".repeat(shift)}${secret}`).replaceAll("=", "");
    const core = encoded.slice(shift === 0 ? 0 : 4, -2);
    return core.length < 10 ? [] : [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
