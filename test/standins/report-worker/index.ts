/** Stands where the report Worker stands behind the pages' service binding, and answers with what reached it. */

/** What workerd's global makes: the two ends of a WebSocket. Named here because tests are checked with Node's types. */
interface SocketEnd {
  accept(): void;
  send(text: string): void;
}
declare const WebSocketPair: new () => { readonly 0: SocketEnd; readonly 1: SocketEnd };

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.headers.get("upgrade") === "websocket") return upgraded();
    const headers = Object.fromEntries(request.headers);
    return Response.json({ method: request.method, url: request.url, headers, body: await request.text() });
  },
};

function upgraded(): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.send("upgraded");
  const options: ResponseInit & { readonly webSocket: SocketEnd } = { status: 101, webSocket: client };
  return new Response(null, options);
}
