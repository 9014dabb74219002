/** The measure of `npm run bench:tee`: a Worker that hands every request on, and nothing else. */
// oxlint-disable-next-line import/no-default-export -- what a Worker exports is its default
export default {
  fetch: (request: Request): Promise<Response> => fetch(request),
};
