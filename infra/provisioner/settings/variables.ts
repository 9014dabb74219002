/**
 * Every environment variable of the provisioner as data: the documentation's table is made from it, and what is read under an old
 * name is said. Secrets come by environment only, never from the operator's file.
 */

export interface ProvisionerVariable {
  readonly name: string;
  /** Its name in the first version, still read where `name` is not set. */
  readonly oldName?: string;
  /** What holds when it is not set, in words where there is no value. */
  readonly default: string;
  readonly meaning: string;
  /** Kept out of logs. */
  readonly secret?: true;
}

export const VARIABLES = [
  {
    name: "GITHUB_WEBHOOK_SECRET",
    default: "required",
    meaning: "The secret deliveries are signed with, 16 characters or more",
    secret: true,
  },
  {
    name: "GITHUB_WEBHOOK_SECRET_PREVIOUS",
    default: "none",
    meaning: "The one before, while it is being rotated",
    secret: true,
  },
  { name: "GITHUB_APP_ID", default: "this and the key, or `GITHUB_TOKEN`", meaning: "The GitHub App's id" },
  {
    name: "GITHUB_APP_PRIVATE_KEY",
    default: "with `GITHUB_APP_ID`",
    meaning: "Its private key: the PEM text, or that in base64 on one line",
    secret: true,
  },
  { name: "GITHUB_TOKEN", default: "none", meaning: "A fine-grained token in place of an App", secret: true },
  { name: "GITHUB_API_URL", default: "https://api.github.com", meaning: "GitHub Enterprise: `https://<host>/api/v3`" },
  {
    name: "SHADOW_INFRA_REPORT_URL",
    oldName: "COMPARISON_API_URL",
    default: "required",
    meaning: "The report Worker, where all state lives",
  },
  {
    name: "SHADOW_INFRA_SERVICE_TOKEN",
    default: "required",
    meaning: "What it lets the provisioner in with; the same as the Worker's",
    secret: true,
  },
  {
    name: "SHADOW_INFRA_REPORT_HEADERS",
    default: "none",
    meaning: "Headers that the edge in front of it asks for, as a JSON object",
    secret: true,
  },
  { name: "SHADOW_INFRA_PAGES_URL", default: "none: statuses carry no link", meaning: "Where people read reports" },
  {
    name: "SHADOW_INFRA_SUFFIX",
    default: "required with the driver kubernetes",
    meaning: "Shadows answer at names under it; the report Worker lists it too",
  },
  {
    name: "SHADOW_INFRA_NAMESPACE",
    oldName: "SHADOW_NAMESPACE",
    default: "none: a namespace for each stack",
    meaning: "All stacks go into this one namespace",
  },
  {
    name: "SHADOW_INFRA_GATEWAY_IMAGE",
    default: "required with the drivers kubernetes and docker",
    meaning: "Image of the gateway; the provisioner's own has it inside",
  },
  {
    name: "SHADOW_INFRA_REGISTRY_CREDENTIALS",
    default: "none: registries are asked without a name",
    meaning:
      "Who we are at registries, in the form of docker's `config.json`: images are looked for with it and, on a cluster, [pulled](kubernetes.md#images-that-are-not-public)",
    secret: true,
  },
  { name: "SHADOW_INFRA_OPERATOR_FILE", default: "/etc/shadow-infra/operator.yaml", meaning: "The operator's file" },
  { name: "SHADOW_INFRA_LISTEN", default: "127.0.0.1:8000 (the image: 0.0.0.0:8000)", meaning: "Address and port" },
  { name: "SHADOW_INFRA_LOG_LEVEL", default: "info", meaning: "`debug`, `info`, `warn` or `error`" },
  {
    name: "KUBECONFIG",
    default: "the pod's service account",
    meaning: "The cluster and who we are there, for the driver kubernetes",
  },
  { name: "DOCKER_HOST", default: "unix:///var/run/docker.sock", meaning: "The engine, for the driver docker" },
  { name: "POD_NAMESPACE", default: "set by the manifests", meaning: "Where the provisioner's account lives" },
  {
    name: "POD_SERVICE_ACCOUNT",
    default: "set by the manifests",
    meaning: "The account that is let into each namespace it makes",
  },
] as const satisfies readonly ProvisionerVariable[];

export type VariableName = (typeof VARIABLES)[number]["name"];

/** `SHADOW_INFRA_SECRET_<NAME>`: the value of `secret:NAME`. */
export const SECRET_PREFIX = "SHADOW_INFRA_SECRET_";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a variable, or of its old name. An empty value counts as not set. */
export function readVariable(env: Environment, name: VariableName): string | undefined {
  const row: ProvisionerVariable | undefined = VARIABLES.find((candidate) => candidate.name === name);
  return env[name] || (row?.oldName === undefined ? undefined : env[row.oldName]) || undefined;
}

/** Markdown, for the documentation. */
export function variablesTable(): string {
  const rows: readonly ProvisionerVariable[] = VARIABLES;
  return [
    "| variable | old name | default | meaning |",
    "|---|---|---|---|",
    ...rows.map(({ name, oldName, default: preset, meaning }) => {
      const old = oldName === undefined ? "" : `\`${oldName}\``;
      return `| \`${name}\` | ${old} | ${preset} | ${meaning} |`;
    }),
    `| \`${SECRET_PREFIX}<NAME>\` | | none | Value of \`secret:NAME\` for the repositories that the operator's file lets have it |`,
  ].join("\n");
}
