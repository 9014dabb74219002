/** Who we are at GitHub: an App, or a token. Apart from the other variables, because a key comes in many spellings. */
import { createPrivateKey } from "node:crypto";
import type { GitHubSettings } from "./operator.ts";
import type { Reading } from "./reading.ts";
import { urlOf } from "./urls.ts";

const PUBLIC_API = "https://api.github.com";

/** Null: there is a problem. */
export function githubSettings(reading: Reading): GitHubSettings | null {
  const { get, problem } = reading;
  const apiUrl = urlOf(reading, "GITHUB_API_URL", PUBLIC_API);
  const [appId, key, token] = [get("GITHUB_APP_ID"), get("GITHUB_APP_PRIVATE_KEY"), get("GITHUB_TOKEN")];
  if (appId !== undefined && key !== undefined) {
    if (!/^\d+$|^Iv\w+\.?\w+$/.test(appId))
      problem(`GITHUB_APP_ID is "${appId}". It is the number on the App's settings page.`);
    const privateKey = readPrivateKey(key);
    if (privateKey === null) problem(UNREADABLE_KEY);
    return privateKey === null || apiUrl === null ? null : { kind: "app", apiUrl, appId, privateKey };
  }
  if (appId !== undefined || key !== undefined) {
    const [set, unset] =
      appId === undefined ? ["GITHUB_APP_PRIVATE_KEY", "GITHUB_APP_ID"] : ["GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY"];
    problem(`${set} is set without ${unset}. An App needs both.`);
    return null;
  }
  if (token === undefined) {
    problem("Nothing says who we are at GitHub. Set GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, or GITHUB_TOKEN.");
    return null;
  }
  return apiUrl === null ? null : { kind: "token", apiUrl, token };
}

const UNREADABLE_KEY =
  "GITHUB_APP_PRIVATE_KEY holds no private key. It is the whole .pem file that GitHub made, or that in base64 (base64 -w0 key.pem).";

/** PEM with real line breaks, with `\n` in their place, or the whole in base64. Null: it is no key. */
export function readPrivateKey(text: string): string | null {
  const spelled = [text, text.replaceAll(String.raw`\n`, "\n"), Buffer.from(text, "base64").toString("utf8")];
  return spelled.map((pem) => pem.trim()).find(isKey) ?? null;
}

function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
