/** The measure of `npm run bench:tee`: a Worker that hands every request on, and nothing else. */
export default {
  fetch: (request: Request): Promise<Response> => fetch(request),
};
