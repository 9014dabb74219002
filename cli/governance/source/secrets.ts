/**
 * Secrets in files: what secretlint's recommended rules know, keys by the forms that redaction knows, and values under secret names. Says where and
 * what kind; the value itself leaves this file in no way.
 */
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import type { ChangedFile } from "../../../core/governance/change.ts";
import type { FoundSecret } from "../../../core/governance/check.ts";
import { placesIn } from "./places.ts";
import { assignedSecrets, type Suspect } from "./secrets/assigned.ts";
import { issuedSecrets } from "./secrets/issued.ts";
import { isPlaceholder } from "./secrets/placeholders.ts";
import { stopMeasuring } from "./secrets/unmeasured.ts";

/** Once, before the first file. */
let stopped: Promise<boolean> | null = null;

/** Full of fingerprints, and written by tools: only keys that their issuer's form gives away are told there. */
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|(?:poetry|uv|Cargo|composer|Gemfile|Pipfile|flake|deno|mix)\.lock|go\.sum)$/;

const CONFIG = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] };

export async function secretsIn(files: readonly ChangedFile[]): Promise<readonly FoundSecret[]> {
  stopped ??= stopMeasuring();
  await stopped;
  const found: FoundSecret[] = [];
  for (const { path, text } of files) if (text !== null) found.push(...(await secretsOf(path, text)));
  return found;
}

async function secretsOf(path: string, text: string): Promise<readonly FoundSecret[]> {
  const issued = issuedSecrets(text);
  const suspects = LOCK_FILE.test(path)
    ? issued
    : [...(await linted(path, text)), ...issued, ...assignedSecrets(path, text)];
  if (suspects.length === 0) return [];
  const placeAt = placesIn(text);
  const byLine = new Map<number, FoundSecret>();
  for (const { start, what } of suspects) {
    const place = placeAt(start);
    // The first to speak knows it best; a line with two secrets has to be changed once.
    if (!byLine.has(place.line)) byLine.set(place.line, { path, ...place, what });
  }
  return [...byLine.values()].toSorted((a, b) => a.line - b.line);
}

async function linted(path: string, text: string): Promise<readonly Suspect[]> {
  const source = { filePath: path, content: text, contentType: "text" } as const;
  const { messages } = await lintSource({
    source,
    options: { config: CONFIG, maskSecrets: true, noPhysicFilePath: true },
  });
  return messages
    .filter(({ range: [start, end] }) => !isStandIn(text.slice(start, end)))
    .map(({ range: [start], messageId }) => ({ start, what: wordsOf(messageId) }));
}

/** Of an address only the password matters. */
function isStandIn(value: string): boolean {
  const [, user = "", password] = /:\/\/([^:@/]*):([^@]*)@/.exec(value) ?? [];
  return password === undefined ? isPlaceholder(value) : password === user || isPlaceholder(password);
}

/** `GITHUB_TOKEN` and `PostgreSQLConnection` in words. */
function wordsOf(messageId: string): string {
  return messageId
    .replaceAll("_", " ")
    .replaceAll(/([a-zA-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase();
}
