/** What the webhook service was told by GitHub: recorded once, so that a repetition is known as one. */
import { done, refuse } from "../http/reply.ts";
import { recordDelivery } from "../store/deliveries.ts";
import type { Handler } from "./handler.ts";
import { isoTime } from "./time.ts";

const CREATED = 201;

export const postDelivery: Handler<"postDelivery"> = async ({ body }, { db, now }) => {
  const isNew = await recordDelivery(db, { ...body, receivedAt: now });
  return isNew ? done({ id: body.id, receivedAt: isoTime(now) }, CREATED) : refuse("delivery-known");
};
