/** What a JSON body says of its own success, in the forms of the usual frameworks. Says nothing of the data inside. */

export interface Envelope {
  /** It speaks of an error. */
  readonly error: boolean;
  /** What its numeric or textual code says; `http-failure` for 4xx and 5xx beside a message; null without one. */
  readonly code: "success" | "failure" | "http-failure" | null;
}

type Members = Readonly<Record<string, unknown>>;

const ERROR_KEYS = new Set([
  "error",
  "errors",
  "exception",
  "fault",
  "errormessage",
  "errorcode",
  "errorsmessages",
  "exceptionmessage",
  "exceptiontype",
  "errormsg",
  "errcode",
]);
const SUCCESS_KEYS = new Set(["success", "ok", "succeeded", "issuccess"]);
const STATUS_KEYS = new Set(["status", "result", "state"]);
const ERROR_WORDS = /^(?:error|fail|exception|ko)$/i;

/** What a code under one of the names says. Zero means success only beside a message: elsewhere a code may be anything. */
interface Codes {
  readonly keys: ReadonlySet<string>;
  readonly success: RegExp;
  readonly failure: RegExp;
  readonly besideMessage: boolean;
}

const CODES: readonly Codes[] = [
  { keys: new Set(["status", "statuscode", "code"]), success: /^2\d\d$/, failure: /^[45]\d\d$/, besideMessage: false },
  {
    keys: new Set(["code", "retcode", "ret", "resultcode", "returncode"]),
    success: /^(?:0+|2\d\d|ok|success)$/i,
    failure: /^(?:-?[1-9]\d{0,8}|[a-z][a-z0-9_.-]{0,60}(?:error|exception|fail(?:ed|ure)?))$/i,
    besideMessage: true,
  },
];
const MESSAGE = /^(?:message|msg|desc|description|info|errmsg)$/i;

/** Null where the text is no JSON object. Of a list, its first element: several answers to several questions. */
export function envelopeOf(body: string): Envelope | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  const batch: unknown = Array.isArray(parsed) ? parsed.find(isAnswerOfBatch) : parsed;
  return isMembers(batch) ? { error: saysError(batch), code: codeOf(batch) } : null;
}

/** A GraphQL or JSON-RPC answer among several, or the errors of Salesforce; not just any element that has a status. */
function isAnswerOfBatch(item: unknown): boolean {
  if (!isMembers(item)) return false;
  return "errorCode" in item || (("errors" in item || "error" in item) && ("data" in item || "jsonrpc" in item));
}

function saysError(members: Members): boolean {
  return (
    Object.entries(members).some(([name, value]) => {
      const key = name.toLowerCase().replaceAll(/[^a-z]/g, "");
      if (ERROR_KEYS.has(key)) return isFilled(value);
      if (SUCCESS_KEYS.has(key)) return value === false || value === "false";
      if (key === "type" && name === "__type") return typeof value === "string" && /(?:exception|error)$/i.test(value);
      if (STATUS_KEYS.has(key)) return value === false || (typeof value === "string" && ERROR_WORDS.test(value));
      return false;
    }) || isProblem(members)
  );
}

/** RFC 9457 without its media type. */
function isProblem(members: Members): boolean {
  const { title, status, type, detail } = members;
  return (
    typeof title === "string" &&
    typeof status === "number" &&
    status >= 400 &&
    (type !== undefined || detail !== undefined)
  );
}

function codeOf(members: Members): Envelope["code"] {
  const message = Object.keys(members).some((name) => MESSAGE.test(name));
  for (const { keys, success, failure, besideMessage } of CODES) {
    if (besideMessage && !message) continue;
    for (const [name, value] of Object.entries(members)) {
      if (!keys.has(name.toLowerCase().replaceAll(/[^a-z]/g, ""))) continue;
      if (typeof value !== "number" && typeof value !== "string") continue;
      if (success.test(String(value))) return "success";
      if (failure.test(String(value))) return message && !besideMessage ? "http-failure" : "failure";
    }
  }
  return null;
}

/** A number under `error` counts errors, which is not to be one; a code that is not zero is one. */
function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === "0") return false;
  if (value === true || typeof value === "string") return true;
  if (typeof value === "number") return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
