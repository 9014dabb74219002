/**
 * Asks a running server over HTTP and writes down its answer in the form of a recorded pair's side.
 * Apart from the servers, so that none of them can know which side it plays; it labels nothing.
 */

import { isUtf8 } from "node:buffer";
import http from "node:http";

/** Milliseconds after which a server that hangs is given up. */
const PATIENCE_MS = 400;

const REASONS = { ECONNREFUSED: "refused", ECONNRESET: "reset", ENOTFOUND: "dns", PATIENCE: "timeout" };

/** One side's answer after `plant` changed it on its way, or why there is none. */
export async function capture(origin, request, plants) {
  const from = performance.now();
  let answer;
  try {
    answer = await ask(origin, request);
  } catch (error) {
    return { failed: REASONS[error.code] ?? "protocol", latencyMs: since(from) };
  }
  for (const plant of plants) answer = (await plant(answer)) ?? answer;
  return observed(answer, since(from));
}

function ask(origin, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const url = new URL(path, origin);
    const sent = http.request(url, { method, headers, agent: false }, (incoming) => {
      const chunks = [];
      incoming.on("data", (chunk) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode, headers: { ...incoming.headers }, body: Buffer.concat(chunks) }),
      );
    });
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(Object.assign(new Error("patience"), { code: "PATIENCE" })));
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}

/** Headers that only say how the bytes travelled do not survive a recording. */
const HOP = new Set(["connection", "keep-alive", "transfer-encoding"]);

function observed({ status, headers, body, truncated }, latencyMs) {
  const kept = Object.entries(headers).filter(([name, value]) => !HOP.has(name) && value !== undefined);
  const flat = kept.map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value]);
  const text = isUtf8(body);
  return {
    status,
    headers: Object.fromEntries(flat),
    body: body.toString(text ? "utf8" : "base64"),
    ...(text ? {} : { bodyEncoding: "base64" }),
    latencyMs,
    ...(truncated === undefined ? {} : { truncated: true, bodyBytes: truncated }),
  };
}

function since(from) {
  return Math.round((performance.now() - from) * 10) / 10;
}
