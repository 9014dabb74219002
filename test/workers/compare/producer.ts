/** The smallest Worker with a producer on the pairs' queue, so that tests can put messages there as the tee does. */
export default { fetch: () => new Response(null, { status: 404 }) };
