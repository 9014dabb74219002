/**
 * Keys of well-known issuers, recognisable by their prefix. A list of our own: the forms are the issuers' published ones, and
 * the lengths are looser than theirs, because a key in another version is a key still.
 */

/** `starts` are literal; `rest` is what follows them, as an expression. */
interface Issuer {
  readonly name: string;
  /** Separated by spaces. */
  readonly starts: string;
  readonly rest: string;
  /** Where the issuer says what its keys look like. */
  readonly source: string;
}

const WORD = String.raw`[\w-]`;

export const ISSUERS: readonly Issuer[] = [
  {
    name: "GitHub",
    starts: "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
    rest: String.raw`\w{16,}(?:\.[\w-]+)*`,
    source: "https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/",
  },
  {
    name: "GitLab",
    starts: "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct-",
    rest: String.raw`[\w.-]{16,}`,
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
  },
  {
    name: "AWS",
    starts: "AKIA ASIA AGPA AIDA AROA AIPA ANPA ANVA A3T ABIA ACCA",
    rest: String.raw`[A-Z0-9]{16,17}(?![A-Za-z0-9])`,
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes",
  },
  {
    name: "Slack",
    starts: "xoxa- xoxb- xoxc- xoxd- xoxe- xoxe. xoxo- xoxp- xoxr- xoxs- xapp- xwfp-",
    rest: String.raw`[\w.%-]{8,}`,
    source: "https://docs.slack.dev/authentication/tokens",
  },
  {
    name: "Stripe",
    starts: "sk_live_ sk_test_ rk_live_ rk_test_ whsec_",
    rest: String.raw`[A-Za-z0-9+/=]{16,}`,
    source: "https://docs.stripe.com/keys",
  },
  {
    name: "OpenAI, Anthropic, OpenRouter",
    starts: "sk-",
    rest: String.raw`(?=[\w-]{0,40}\d)[\w-]{20,}`,
    source: "https://platform.openai.com/docs/api-reference/authentication",
  },
  { name: "npm", starts: "npm_", rest: String.raw`\w{30,}`, source: "https://docs.npmjs.com/about-access-tokens" },
  {
    name: "PyPI",
    starts: "pypi-",
    rest: `${WORD}{50,}`,
    source: "https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns",
  },
  {
    name: "RubyGems",
    starts: "rubygems_",
    rest: "[0-9a-f]{40,}",
    source: "https://guides.rubygems.org/api-key-scopes/",
  },
  {
    name: "Docker Hub",
    starts: "dckr_pat_ dckr_oat_",
    rest: `${WORD}{16,}`,
    source: "https://docs.docker.com/security/access-tokens/",
  },
  {
    name: "SendGrid",
    starts: "SG.",
    rest: String.raw`[\w-]{1,}\.[\w-]{2,}`,
    source: "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
  },
  {
    name: "Twilio",
    starts: "AC SK",
    rest: "[0-9a-f]{32}(?![A-Za-z0-9])",
    source: "https://www.twilio.com/docs/iam/api-keys",
  },
  {
    name: "Mailgun",
    starts: "key-",
    rest: "[0-9a-f]{32}(?![A-Za-z0-9])",
    source: "https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth",
  },
  {
    name: "Brevo",
    starts: "xkeysib- xsmtpsib-",
    rest: "[0-9a-f]{32,}(?:-[A-Za-z0-9]+)?",
    source: "https://developers.brevo.com/docs/getting-started",
  },
  {
    name: "Shopify",
    starts: "shpat_ shpca_ shppa_ shpss_ shptka_ shpua_",
    rest: "[A-Za-z0-9]{24,}",
    source: "https://shopify.dev/changelog/app-secret-key-length-has-increased",
  },
  {
    name: "Google API",
    starts: "AIza",
    rest: `${WORD}{30,}`,
    source: "https://docs.cloud.google.com/docs/authentication/api-keys",
  },
  {
    name: "Google OAuth",
    starts: "ya29. GOCSPX- 1//0",
    rest: `${WORD}{20,}`,
    source: "https://developers.google.com/identity/protocols/oauth2",
  },
  {
    name: "Facebook",
    starts: "EAAC EAAB EAAG EAAJ",
    rest: "[A-Za-z0-9]{40,}",
    source: "https://developers.facebook.com/docs/facebook-login/guides/access-tokens",
  },
  {
    name: "DigitalOcean",
    starts: "dop_v1_ doo_v1_ dor_v1_",
    rest: "[0-9a-f]{40,}",
    source: "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
  },
  {
    name: "Cloudflare",
    starts: "cfut_ cfat_ cfk_ v1.0-",
    rest: `${WORD}{30,}`,
    source: "https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/",
  },
  {
    name: "Hugging Face",
    starts: "hf_ api_org_",
    rest: "[A-Za-z0-9]{30,}",
    source: "https://huggingface.co/docs/hub/security-tokens",
  },
  {
    name: "Groq, xAI",
    starts: "gsk_ xai-",
    rest: "[A-Za-z0-9]{40,}",
    source: "https://console.groq.com/docs/quickstart",
  },
  {
    name: "Linear",
    starts: "lin_api_ lin_oauth_",
    rest: String.raw`\w{24,}`,
    source: "https://linear.app/developers/graphql",
  },
  {
    name: "Notion",
    starts: "ntn_ secret_",
    rest: "[A-Za-z0-9]{40,}",
    source: "https://developers.notion.com/page/changelog",
  },
  {
    name: "HashiCorp Vault",
    starts: "hvs. hvb. hvr.",
    rest: `${WORD}{20,}`,
    source: "https://developer.hashicorp.com/vault/docs/concepts/tokens",
  },
  {
    name: "Terraform Cloud",
    starts: ".atlasv1.",
    rest: `${WORD}{40,}`,
    source: "https://developer.hashicorp.com/terraform/cloud-docs/api-docs/user-tokens",
  },
  {
    name: "Grafana",
    starts: "glc_ glsa_",
    rest: String.raw`[\w+/]{24,}={0,2}`,
    source: "https://grafana.com/docs/grafana/latest/administration/service-accounts/",
  },
  {
    name: "1Password",
    starts: "ops_ey",
    rest: "[A-Za-z0-9+/=_-]{60,}",
    source: "https://developer.1password.com/docs/service-accounts/security/",
  },
  {
    name: "Databricks",
    starts: "dapi",
    rest: "[0-9a-fA-F]{32}(?:-[0-9])?",
    source: "https://docs.databricks.com/aws/en/dev-tools/auth/pat",
  },
  {
    name: "Figma",
    starts: "figd_ figu_",
    rest: `${WORD}{30,}`,
    source: "https://developers.figma.com/docs/rest-api/authentication/",
  },
  {
    name: "Vercel",
    starts: "vcp_ vci_ vca_ vcr_ vck_",
    rest: "[A-Za-z0-9]{20,}",
    source: "https://vercel.com/docs/rest-api",
  },
  {
    name: "Tailscale",
    starts: "tskey-",
    rest: String.raw`[a-z]+-[\w-]{16,}`,
    source: "https://tailscale.com/kb/1277/key-prefixes",
  },
  {
    name: "New Relic",
    starts: "NRAK- NRII- NRJS- NRAA-",
    rest: "[A-Za-z0-9]{19,}",
    source: "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
  },
  {
    name: "Sentry",
    starts: "sntrys_ sntryu_",
    rest: "[A-Za-z0-9+/=_-]{40,}",
    source: "https://docs.sentry.io/account/auth-tokens/",
  },
  {
    name: "Atlassian",
    starts: "ATATT3 ATCTT3 ATBB",
    rest: `${WORD}{20,}=?[0-9A-F]{0,8}`,
    source: "https://support.atlassian.com/organization-administration/docs/user-api-tokens/",
  },
  {
    name: "PlanetScale",
    starts: "pscale_tkn_ pscale_pw_ pscale_oauth_",
    rest: String.raw`[\w.-]{30,}`,
    source: "https://planetscale.com/docs/concepts/service-tokens",
  },
  {
    name: "Supabase",
    starts: "sbp_ sb_secret_",
    rest: String.raw`\w{20,}`,
    source: "https://supabase.com/docs/guides/api/api-keys",
  },
  {
    name: "Square",
    starts: "EAAA sq0atp- sq0csp- sq0idp-",
    rest: `${WORD}{22,}`,
    source: "https://developer.squareup.com/docs/build-basics/access-tokens",
  },
  { name: "PostHog", starts: "phx_ phs_", rest: String.raw`\w{30,}`, source: "https://posthog.com/docs/api" },
  {
    name: "Airtable",
    starts: "pat",
    rest: String.raw`[A-Za-z0-9]{14}\.[0-9a-f]{64}`,
    source: "https://airtable.com/developers/web/guides/personal-access-tokens",
  },
  {
    name: "Postman",
    starts: "PMAK-",
    rest: String.raw`[0-9a-f]{24}-[0-9a-f]{34}`,
    source: "https://learning.postman.com/docs/developer/postman-api/authentication/",
  },
  {
    name: "age",
    starts: "AGE-SECRET-KEY-1",
    rest: "[A-Z0-9]{50,}",
    source: "https://github.com/C2SP/C2SP/blob/main/age.md",
  },
];

/** Source of an expression for the keys of one issuer, without what may stand before them. */
export function patternOf({ starts, rest }: Issuer): string {
  return `(?:${starts.split(" ").map(escaped).join("|")})${rest}`;
}

function escaped(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
