export default { fetch: (request: Request) => fetch(request) };
