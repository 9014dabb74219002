/** Whether a delivery is GitHub's: its signature over the bytes as they came. Nothing of a delivery is read before. */
import { isUtf8 } from "node:buffer";
import { Webhooks } from "@octokit/webhooks";

/** `X-Hub-Signature-256`. The older SHA-1 header is not looked at. */
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/** Why a delivery is not believed; stable, the codes of the answers. */
export type SignatureFault = "signature-missing" | "signature-wrong";

export type Verified =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: SignatureFault };

/**
 * A check against each of the secrets: while one is rotated, the old and the new one count. The comparison is octokit's, in
 * constant time. It takes a text, so bytes that are no UTF-8 are refused first: every other text stands for exactly one body.
 */
export function verifierOf(
  secrets: readonly string[],
): (body: Uint8Array, signature: string | undefined) => Promise<Verified> {
  const verifiers = secrets.map((secret) => new Webhooks({ secret }));
  return async (body, signature) => {
    if (signature === undefined || signature === "") return { ok: false, fault: "signature-missing" };
    if (!SIGNATURE.test(signature) || body.byteLength === 0 || !isUtf8(body)) return wrong();
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
    for (const verifier of verifiers) if (await verifier.verify(text, signature)) return { ok: true, text };
    return wrong();
  };
}

function wrong(): Verified {
  return { ok: false, fault: "signature-wrong" };
}
