export default {
  fetch: () => new Response("compare"),
  async queue(b: any) {
    b.ackAll();
  },
};
