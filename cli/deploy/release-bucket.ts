/**
 * Sets the bucket's lifecycle rules: what lies there only until a message is read must not lie there for ever. Rules that are
 * there already, by name, stay as the operator has them; rules of other names are none of ours.
 */
import { run } from "./run.ts";
import { type DeployContext, failed, type StepResult } from "./step.ts";

/**
 * Days after which objects go. Messages: the queue keeps one for 14 days at most
 * (https://developers.cloudflare.com/queues/platform/limits/), after that nothing asks for its bytes. Dead letters of a newer
 * version wait for a consumer that can read them: a month is time to deploy one.
 */
const RULES = [
  { name: "shadow-infra-messages", prefix: "messages/", days: 14 },
  { name: "shadow-infra-dead-letters", prefix: "dead-letters/", days: 30 },
] as const;

/** Adds the rules that the bucket lacks. Can be repeated. */
export async function releaseBucket(context: DeployContext): Promise<StepResult> {
  const buckets = context.project[context.environment].tee.r2_buckets.map((each) => each.bucket_name);
  const added: string[] = [];
  for (const bucket of buckets) {
    const listed = await lifecycle(context, ["list", bucket]);
    if (listed.code !== 0) return failed(listed);
    for (const { name, prefix, days } of RULES.filter((rule) => !names(listed.output, rule.name))) {
      // --force: it would ask whether the rule is meant.
      const outcome = await lifecycle(context, ["add", bucket, name, prefix, "--expire-days", String(days), "--force"]);
      if (outcome.code !== 0) return failed(outcome);
      added.push(`${prefix} ${days} days`);
    }
  }
  return { ok: true, note: added.length === 0 ? undefined : `objects expire: ${added.join(", ")}` };
}

/** The list prints each rule as lines `label: value`. */
function names(list: string, rule: string): boolean {
  return list.split("\n").some((line) => line.trim().replace(/^name:\s*/, "") === rule);
}

function lifecycle({ programs, root, environment }: DeployContext, args: readonly string[]) {
  return run(
    programs.wrangler,
    ["r2", "bucket", "lifecycle", ...args, "--env", environment, "-c", "wrangler.toml"],
    root,
  );
}
