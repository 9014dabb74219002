/** The smallest Worker with a producer on the pairs' queue, so that tests can put messages there as the tee does; or hand them over at once. */

/** What a service binding takes beside requests, with the flag `service_binding_extra_handlers`. */
interface Consumer {
  queue(
    name: string,
    messages: readonly { id: string; timestamp: Date; attempts: number; body: ArrayBuffer }[],
  ): Promise<{ outcome: string; ackAll: boolean; explicitAcks: readonly string[] }>;
}

export default {
  /** `POST`: the body as the one message of a batch, given to the consumer without a queue. Answers when it is done with it. */
  async fetch(request: Request, env: { readonly COMPARE: Consumer }): Promise<Response> {
    if (request.method !== "POST") return new Response(null, { status: 404 });
    const body = await request.arrayBuffer();
    const message = { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body };
    const { outcome, ackAll, explicitAcks } = await env.COMPARE.queue("shadow-infra-pairs", [message]);
    return Response.json({ outcome, acknowledged: ackAll || explicitAcks.length === 1 });
  },
};
