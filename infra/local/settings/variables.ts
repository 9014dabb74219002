/**
 * Every environment variable of the project as data: the README's table, `.env.example` and what `dev` says about an old
 * name are checked against it. Apart from the readers, because each of them knows only its own.
 */

export type Reader = "dev" | "tee" | "compare" | "report" | "tests" | "deploy";

export interface Variable {
  readonly name: string;
  /** Its name in the first version, still read where `name` is not set. */
  readonly oldName?: string;
  readonly readBy: readonly Reader[];
  /** What holds when it is not set, in words where there is no value. */
  readonly default: string;
  readonly meaning: string;
  /** The option of `dev` that goes before it. */
  readonly flag?: string;
  /** Kept out of files that are committed, of output and of logs. */
  readonly secret?: true;
}

export const VARIABLES = [
  {
    name: "SHADOW_INFRA_PROD_URL",
    oldName: "PROD_URL",
    readBy: ["dev", "tee"],
    default: "the example; deployed: the origin behind the route",
    meaning: "Production: where the tee sends requests on to",
    flag: "--prod",
  },
  {
    name: "SHADOW_INFRA_SHADOW_URL",
    oldName: "SHADOW_URL",
    readBy: ["dev"],
    default: "the example",
    meaning: "The shadow: the version under review",
    flag: "--shadow",
  },
  {
    name: "SHADOW_INFRA_SAMPLE_RATE",
    oldName: "SHADOW_SAMPLE_RATE",
    readBy: ["dev", "report"],
    default: "1 in dev, 0.01 deployed",
    meaning: "Share of requests that are mirrored, 0 to 1",
    flag: "--rate",
  },
  {
    name: "SHADOW_INFRA_CONFIG",
    readBy: ["dev"],
    default: "with servers of your own: `.shadow-infra.yml` in the folder, if there",
    meaning: "The repository's configuration",
    flag: "--config",
  },
  {
    name: "SHADOW_INFRA_MODE",
    readBy: ["report"],
    default: "deployed (dev sets local)",
    meaning: "`local` answers without authentication, on loopback only",
  },
  {
    name: "SHADOW_INFRA_REDACTION_KEY",
    readBy: ["tee"],
    default: "none; dev makes one per start",
    meaning: "Key of the tokens that stand for secret values",
    secret: true,
  },
  {
    name: "SHADOW_INFRA_SERVICE_TOKEN",
    readBy: ["dev", "report"],
    default: "none; dev makes one per start",
    meaning: "What the provisioner, `POST /compare` and `probe --post-to` authenticate with",
    secret: true,
  },
  {
    name: "SHADOW_INFRA_SAFE_BODY_SHARE",
    readBy: ["compare"],
    default: "0.1 (dev sets 1)",
    meaning: "Share of Safe pairs whose answers are kept, 0 to 1",
  },
  {
    name: "ACCESS_TEAM_DOMAIN",
    readBy: ["report"],
    default: "empty",
    meaning: "Cloudflare Access: the team's domain",
  },
  {
    name: "ACCESS_AUD",
    readBy: ["report"],
    default: "empty",
    meaning: "Cloudflare Access: the application's audience",
  },
  {
    name: "SHADOW_INFRA_DEFAULT_BRANCH",
    readBy: ["dev", "report"],
    default: "main",
    meaning: "The branch whose probe results are the trend and are told to people",
  },
  {
    name: "SLACK_WEBHOOK_URL",
    readBy: ["dev", "report"],
    default: "none: nothing is sent to Slack",
    meaning: "Slack's incoming webhook for warnings, alerts and the summary of the week",
    secret: true,
  },
  {
    name: "PAGERDUTY_ROUTING_KEY",
    readBy: ["dev", "report"],
    default: "none: nobody is paged",
    meaning: "Integration key of PagerDuty's Events API v2",
    secret: true,
  },
  {
    name: "PAGERDUTY_EVENTS_URL",
    readBy: ["dev", "report"],
    default: "`https://events.pagerduty.com/v2/enqueue`",
    meaning: "Where PagerDuty takes events; accounts in the EU have another address",
  },
  {
    name: "ANTHROPIC_API_KEY",
    readBy: ["dev", "compare"],
    default: "none: the rules' verdicts stand",
    meaning: "Key of the model that judges what the rules leave open",
    secret: true,
  },
  {
    name: "ANTHROPIC_MODEL",
    readBy: ["dev", "compare"],
    default: "claude-sonnet-4-6",
    meaning: "The model",
  },
  {
    name: "ANTHROPIC_BASE_URL",
    readBy: ["dev", "compare"],
    default: "empty: Anthropic's own address",
    meaning: "Another address that speaks the Messages API",
  },
  {
    name: "SHADOW_INFRA_MODEL_CALLS_PER_DEPLOYMENT",
    readBy: ["compare"],
    default: "200",
    meaning: "Calls of the model for the life of a deployment, at most",
  },
  {
    name: "SHADOW_INFRA_MODEL_CALLS_PER_DAY",
    readBy: ["compare"],
    default: "1000",
    meaning: "Calls of the model for a repository in a day (UTC), at most",
  },
  {
    name: "SHADOW_INFRA_MODEL_TIMEOUT_MS",
    readBy: ["compare"],
    default: "10000",
    meaning: "How long one call of the model may take, up to 30000",
  },
  {
    name: "CLOUDFLARE_API_TOKEN",
    readBy: ["deploy"],
    default: "wrangler's own login",
    meaning: "Account access of a deploy",
    secret: true,
  },
  {
    name: "CLOUDFLARE_ACCOUNT_ID",
    readBy: ["deploy"],
    default: "wrangler's own login",
    meaning: "Account of a deploy",
  },
  {
    name: "CHROMIUM_PATH",
    readBy: ["tests"],
    default: "the first of chromium, chromium-browser, google-chrome",
    meaning: "Browser for the tests of the pages",
  },
  { name: "NO_COLOR", readBy: ["dev"], default: "not set", meaning: "Any value: output without colours" },
] as const satisfies readonly Variable[];

/** Variables of the first version that mean nothing any more, and what took their place. */
export const LOST_VARIABLES = [
  {
    name: "SHADOW_NAMESPACE",
    replacedBy: "The provisioner reads it (docs/provisioner.md); this start needs no namespace. Remove it here.",
  },
  {
    name: "COMPARISON_API_URL",
    replacedBy:
      "The tee hands pairs to a queue, not to an address (the provisioner reads it). `--report-port` moves the report API.",
  },
  {
    name: "DEPLOYMENT_ID",
    replacedBy:
      "A deployment's id is made of repository, pull request and commit; each start makes a new one and prints it.",
  },
] as const;
