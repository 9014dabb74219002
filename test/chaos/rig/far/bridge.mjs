/** The runner's way to queue, bucket and registry objects: `/queue`, `/bucket/<key>` with bytes, `/registry/<host>/<method>` with a JSON list. */
export default {
  async fetch(request, env) {
    const [, what, first = "", method = ""] = new URL(request.url).pathname.split("/");
    if (what === "queue") {
      await env.PAIR_QUEUE.send(new Uint8Array(await request.arrayBuffer()), { contentType: "bytes" });
      return Response.json({});
    }
    if (what === "bucket") {
      await env.BODIES.put(decodeURIComponent(first), await request.arrayBuffer());
      return Response.json({});
    }
    const args = await request.json();
    return Response.json((await env.REGISTRY.getByName(first)[method](...args)) ?? null);
  },
};
