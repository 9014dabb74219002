/** The report Worker's settings with the optional ones, which `wrangler types` cannot know. */

export type Env = ReportEnv & {
  /** Secret: JSON object of headers that the gateway in front of shadow and base asks for. */
  readonly SHADOW_INFRA_SERVICE_HEADERS?: string;
};
