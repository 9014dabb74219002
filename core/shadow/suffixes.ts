/**
 * The names under which shadows may live, as the operator lists them. Apart from `origin.ts`, which holds one address against
 * them: an entry that would let strangers in is refused here, whatever address comes.
 */
import type { Result } from "../pair/result.ts";

/** Two labels at least: a suffix of one would be a whole top-level domain. */
const MIN_LABELS = 2;

/** RFC 1035, section 2.3.4. */
const MAX_NAME_CHARS = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Names under which anyone can have a name of their own, or that lead to any address one likes. Alone they are no suffix of
 * ours; a name below them is (`acme.fly.dev`), where its provider gives that one to a single customer.
 * After the private part of https://publicsuffix.org/list/ : hosts of preview deployments, tunnels and wildcard DNS.
 */
const PUBLIC = namesIn(`
  vercel.app now.sh netlify.app netlify.com pages.dev workers.dev github.io gitlab.io herokuapp.com herokudns.com
  fly.dev edgeapp.net onrender.com render.com railway.app up.railway.app web.app firebaseapp.com appspot.com
  run.app a.run.app cloudfunctions.net amazonaws.com elasticbeanstalk.com amplifyapp.com awsapprunner.com
  cloudfront.net on.aws azurewebsites.net azurestaticapps.net azurecontainerapps.io cloudapp.net
  cloudapp.azure.com azurefd.net azureedge.net windows.net trafficmanager.net ondigitalocean.app deno.dev
  surge.sh glitch.me repl.co replit.app replit.dev codesandbox.io csb.app stackblitz.io webcontainer.io gitpod.io
  app.github.dev github.dev githubpreview.dev bitbucket.io trycloudflare.com cfargotunnel.com ngrok.io ngrok.app
  ngrok.dev ngrok-free.app ngrok-free.dev loca.lt localtunnel.me serveo.net localhost.run lhr.life ts.net nip.io
  sslip.io xip.io traefik.me lvh.me localtest.me vcap.me lacolhost.com duckdns.org dyndns.org no-ip.org ddns.net
  hopto.org zapto.org eu.org js.org co.uk org.uk me.uk com.au net.au co.nz co.jp co.kr co.in co.za com.br com.cn
  com.mx com.tr com.tw com.sg com.hk com.ar co.il us.com eu.com uk.com
`);

/** Ends of names that are resolved on the machine or its network and not in public (RFC 6761, RFC 6762, RFC 8375). */
const INSIDE = namesIn(`localhost local internal intranet home lan corp private arpa onion test`);

export type SuffixReason = "suffix-form" | "suffix-public" | "suffix-inside";

/** One entry, in the spelling addresses are held against: `Shadow.Example.com` or `.shadow.example.com` is `shadow.example.com`. */
export function readSuffix(entry: string): Result<string, SuffixReason> {
  const name = entry
    .trim()
    .replace(/^\*?\./, "")
    .toLowerCase();
  if (!isHostName(name) || name.split(".").length < MIN_LABELS)
    return { ok: false, reason: "suffix-form", detail: entry };
  if (PUBLIC.has(name)) return { ok: false, reason: "suffix-public", detail: entry };
  if (INSIDE.has(name.slice(name.lastIndexOf(".") + 1))) return { ok: false, reason: "suffix-inside", detail: entry };
  return { ok: true, value: name };
}

/** Whether a text is a DNS name in lower case, and not an address in numbers: its last label begins with a letter. */
export function isHostName(text: string): boolean {
  const labels = text.split(".");
  return (
    text.length <= MAX_NAME_CHARS && labels.every((label) => LABEL.test(label)) && /^[a-z]/.test(labels.at(-1) ?? "")
  );
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
