/** SHA-256 as text: entity tags, names of runs and of alerts. The platform's own is asynchronous and gives bytes. */

/** Lower-case hex of the first `bytes` of the digest; all 32 by default. Text is hashed as UTF-8. */
export async function sha256Hex(data: string | ArrayBuffer, bytes = 32): Promise<string> {
  const input = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", input), 0, bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
