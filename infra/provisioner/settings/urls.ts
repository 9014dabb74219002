/** Addresses of the services we call, as settings. Credentials go there: so https, but for this machine. */
import type { Reading } from "./reading.ts";
import type { VariableName } from "./variables.ts";

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Without a slash at its end. Null: a problem was told. `preset` undefined: it is required. */
export function urlOf({ get, problem }: Reading, name: VariableName, preset?: string): string | null {
  const text = get(name) ?? preset;
  if (text === undefined) {
    problem(`${name} is not set. It has to be an address such as https://report.example.com.`);
    return null;
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (url === null || !isSafe || url.username !== "" || url.search !== "" || url.hash !== "") {
    problem(`${name} is "${shown(url, text)}". It has to begin with https:// and hold no name, password or query.`);
    return null;
  }
  return url.href.replace(/\/+$/, "");
}

/** Somebody may have put a password in. */
function shown(url: URL | null, text: string): string {
  return url === null ? text.slice(0, 100) : `${url.protocol}//${url.host}${url.pathname}`;
}
