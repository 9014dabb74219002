// Stands in for wrangler and a Cloudflare account: keeps what was deployed in a folder, writes down every call, and refuses what the
// real one refuses, in its words. Called as: node account-stand-in.mjs <folder> <wrangler's arguments>.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const [folder, ...args] = process.argv.slice(2);
const read = (name, otherwise) =>
  existsSync(join(folder, name)) ? JSON.parse(readFileSync(join(folder, name), "utf8")) : otherwise;
const flag = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const account = { workers: [], projects: [], secrets: {}, lifecycle: {}, ...read("account.json", {}) };
const refuse = (text) => {
  console.error(`\n✘ [ERROR] ${text}\n\n`);
  process.exit(1);
};
const keep = () => writeFileSync(join(folder, "account.json"), JSON.stringify(account));

const secretsFile = flag("--secrets-file");
const secrets = secretsFile === undefined ? undefined : JSON.parse(readFileSync(secretsFile, "utf8"));
const config = existsSync("wrangler.toml") ? readFileSync("wrangler.toml", "utf8") : undefined;
appendFileSync(join(folder, "calls.jsonl"), `${JSON.stringify({ args, secrets, cwd: process.cwd(), config })}\n`);

const told = read("refusals.json", []).find(({ call }) => args.join(" ").includes(call));
if (told !== undefined) {
  if (told.warning === undefined) refuse(told.text);
  console.log(`▲ [WARNING] ${told.warning}\n`);
}

const commands = {
  r2() {
    const [, , , verb, bucket, name, prefix] = args;
    const rules = (account.lifecycle[bucket] ??= []);
    if (verb === "list") {
      if (rules.length === 0) return console.log(`There are no lifecycle rules for bucket '${bucket}'.`);
      return console.log(
        rules.map((rule) => `name:     ${rule.name}\nenabled:  Yes\nprefix:   ${rule.prefix}`).join("\n\n"),
      );
    }
    if (rules.some((rule) => rule.name === name)) refuse("The lifecycle rule ids are not unique. [code: 10040]");
    rules.push({ name, prefix });
    return keep();
  },
  deploy() {
    const role = basename(join(flag("-c"), "..")).replace(/^\.$/, "tee");
    if (args.includes("--dry-run"))
      return console.log("Total Upload: 1.00 KiB / gzip: 0.50 KiB\n--dry-run: exiting now.");
    const worker = `${role}-${flag("--env")}`;
    if (role === "report" && !account.workers.includes(`compare-${flag("--env")}`))
      refuse(
        "A request to the Cloudflare API (/accounts/0/workers/scripts/shadow-infra-report) failed.\n\n  Could not resolve service binding 'COMPARE'. Target script 'shadow-infra-compare' not found. Please verify the target script and try again. [code: 10143]",
      );
    account.workers.push(worker);
    account.secrets[worker] = Object.keys(secrets ?? {});
    return keep();
  },
  pages() {
    if (args[1] === "project" && args[2] === "list")
      return console.log(
        JSON.stringify(
          account.projects.map((name) => ({ "Project Name": name, "Git Provider": "No" })),
          null,
          2,
        ),
      );
    if (args[1] === "project" && args[2] === "create") {
      account.projects.push(args[3]);
      return keep();
    }
    const name = /name = "([^"]+)"/.exec(config)?.[1];
    if (args[1] === "deploy" && !account.projects.includes(name))
      refuse("The specified project name was not found. [code: 8000007]");
    return undefined;
  },
};
commands[args[0]]?.();
