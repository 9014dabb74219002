/**
 * How the inside of a service looks where it shows: one expression per kind, each linear in the text, because bodies are
 * large and hostile. Signs, not proofs: they count only where the reference does not show the same. `changed-text.ts` relies on
 * two things: no sign is longer than MAX_SIGN_CHARS, and in JSON none goes on from one text into the next (across `","`).
 */

/** The longest that a sign may be; what is searched around a change is as wide. */
export const MAX_SIGN_CHARS = 1_000;

const SIGNS: readonly (readonly [string, RegExp])[] = [
  ["a Python stack trace", /Traceback \(most recent call last\)|\bFile \\?"[^",\n]{1,200}\.py\\?", line \d/],
  [
    "a JavaScript stack trace",
    /\bat (?:[\w$.<>[\]]{1,80} (?:\[as [\w$]{1,40}\] )?)?\(?(?:file:\/\/|node:|webpack:|\/|[A-Z]:\\)[^\s()"]{1,200}:\d{1,9}:\d/,
  ],
  [
    "a Java stack trace",
    /\bat [\w.$]{1,120}\((?:[\w$]{1,80}\.(?:java|kt|scala|groovy):\d{1,9}|Native Method|Unknown Source)\)|\b(?:java|javax|jakarta|org|com|kotlin|scala)\.[\w.]{1,120}(?:Exception|Error)\b/,
  ],
  [
    "a .NET stack trace",
    /\bat [\w.`<>]{1,120}\([^)"]{0,120}\) in [^\s"]{1,200}:line \d|\bSystem\.[\w.]{1,80}Exception\b/,
  ],
  ["a Go panic", /goroutine \d{1,9} \[running\]|panic: runtime error|\.go:\d{1,9} \+0x[0-9a-f]/],
  [
    "a PHP error",
    /(?:Fatal error|Parse error|Warning|Notice|Deprecated)(?:<\/b>)?: (?:(?!",")[^\n]){1,200} in (?:<b>)?[^\s"]{1,200}\.php(?:<\/b>)? on line|#\d{1,9} \/[^\s("]{1,200}\.php\(\d{1,9}\)/,
  ],
  [
    "a Ruby stack trace",
    /\.rb:\d{1,9}:in [`']|\b(?:ActiveRecord|ActionController|ActionView|NoMethodError)::?[A-Z]\w{1,60}/,
  ],
  ["a Rust panic", /thread '[^'"\n]{1,80}' panicked at/],
  ["an Elixir error", /\*\* \([A-Z]\w{1,60}Error\)|\(elixir \d|\(phoenix \d/],
  [
    "a database error",
    /SQLSTATE\[|\bORA-\d{5}\b|syntax error at or near|You have an error in your SQL syntax|SQLITE_[A-Z]{4}|no such (?:table|column): |psycopg2?\.|duplicate key value violates unique constraint|relation \\?"[^",]{1,80}" does not exist|\bER_[A-Z]{2,40}_[A-Z]{2,40}|Unknown column '|MongoServerError|E11000 duplicate key|Unclosed quotation mark|PrismaClient\w{0,40}Error/,
  ],
  [
    "an SQL statement",
    /\bSELECT\s[^;{}"]{1,80}\sFROM\s[^;{}"]{1,60}\sWHERE\s|\bINSERT INTO [`"[\\]{0,2}\w{1,60}[`"\]\\]{0,2} ?\((?=[^)]{1,300}\) VALUES)(?:[^)"]|"[\w $.\\-]{1,60}")+\) VALUES|\bUPDATE [`"[]?\w{1,60}[`"\]]? SET \w{1,60} ?=/,
  ],
  [
    "a connection error of the inside",
    /\bE(?:CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|HOSTUNREACH|AI_AGAIN|ACCES|NOENT)\b[: ]{1,2}[\w.:-]|getaddrinfo E|dial tcp |Connection refused \(|could not connect to server/,
  ],
  ["a private key", /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/],
  [
    "an address with a password",
    /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|rediss|amqps?):\/\/[^\s:@/"]{1,80}:[^\s@/"]{1,200}@/,
  ],
  [
    "environment variables",
    /\b(?:AWS_SECRET_ACCESS_KEY|DATABASE_URL|SECRET_KEY_BASE|DB_PASSWORD|APP_KEY|DJANGO_SETTINGS_MODULE|REDIS_URL|NODE_ENV|RAILS_ENV|PYTHONPATH)\b["'&quot;]{0,6}\s{0,2}(?:=|:|=&gt;|=>|<\/t[dh]>)/,
  ],
  [
    "a path of the server",
    /(?:\/usr\/src\/app|\/var\/www|\/srv\/[\w-]{1,40}|\/home\/[\w-]{1,40}|\/app|\/opt\/[\w-]{1,40}|[A-Z]:\\(?:inetpub|Users|Windows))[\\/][\w./\\@-]{1,200}\.(?:js|mjs|cjs|ts|py|rb|php|java|cs|go|ex|jar|dll|env|conf|ya?ml)\b|\/node_modules\/|\/site-packages\//,
  ],
  [
    "a debug page",
    /You're seeing this error because you have <code>DEBUG|Werkzeug Debugger|werkzeug\.debug|Action Controller: Exception caught|Whoops! There was an error|Whoops\\Exception|facade\/ignition|Symfony Exception|Symfony Profiler|<title>phpinfo\(\)|Server Error in '[^'"\n]{0,80}' Application|Apache Tomcat\/[\d.]{1,12} - Error report|Better Errors/,
  ],
];

/** What the shadow's text shows of the inside and the reference's does not; null where it shows nothing. */
export function signIn(shadow: string, reference: string): string | null {
  if (shadow === reference) return null;
  return SIGNS.find(([, sign]) => sign.test(shadow) && !sign.test(reference))?.[0] ?? null;
}

/** Whether a text shows anything of the inside. */
export function showsInside(text: string): boolean {
  return SIGNS.some(([, sign]) => sign.test(text));
}
