/** Hands every request to the report Worker, unchanged. Local only: it is how the report API gets its fixed port. */
interface PortEnv {
  readonly REPORT: { fetch(request: Request): Promise<Response> };
}

export default {
  fetch(request: Request, env: PortEnv): Promise<Response> {
    return env.REPORT.fetch(request);
  },
};
