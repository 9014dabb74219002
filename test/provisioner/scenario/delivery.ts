/** Deliveries that GitHub did not send: to the real webhook server, with whatever signature. */
import { createHmac, randomUUID } from "node:crypto";
import type { Service } from "../../../infra/provisioner/service.ts";
import { WEBHOOK_SECRET } from "./operator.ts";

/** The signature GitHub would give these bytes. */
export function signed(body: string): string {
  return `sha256=${createHmac("sha256", WEBHOOK_SECRET).update(body).digest("hex")}`;
}

interface Sent {
  readonly event: string;
  readonly body: string;
}

export async function send(
  { provisioner }: { readonly provisioner: Pick<Service, "origin"> },
  { event, body }: Sent,
  signature: string,
): Promise<Response> {
  const headers = {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": signature,
  };
  return fetch(`${provisioner.origin}/webhook`, { method: "POST", headers, body });
}
