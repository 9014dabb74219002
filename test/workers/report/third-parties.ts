/** Stand-ins for Slack's incoming webhooks and PagerDuty's Events API: they check what they get against the documented forms and remember it. */
import { Validator } from "@cfworker/json-schema";
import { type Listening, listen } from "../../servers/http.ts";

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and the reference of blocks: what we use of them, with their limits. */
const PLAIN = {
  type: "object",
  required: ["type", "text"],
  additionalProperties: false,
  properties: { type: { const: "plain_text" }, text: { type: "string", minLength: 1, maxLength: 150 } },
};
const MARKDOWN = {
  type: "object",
  required: ["type", "text"],
  additionalProperties: false,
  properties: {
    type: { const: "mrkdwn" },
    text: { type: "string", minLength: 1, maxLength: 3_000 },
    verbatim: { type: "boolean" },
  },
};
const block = (type: string, required: string, value: object) => ({
  type: "object",
  required: ["type", required],
  additionalProperties: false,
  properties: { type: { const: type }, [required]: value },
});
export const SLACK_SCHEMA = {
  type: "object",
  required: ["text", "blocks"],
  additionalProperties: false,
  properties: {
    text: { type: "string", minLength: 1 },
    blocks: {
      type: "array",
      minItems: 1,
      maxItems: 50,
      items: {
        anyOf: [
          block("header", "text", PLAIN),
          block("section", "text", MARKDOWN),
          block("context", "elements", { type: "array", minItems: 1, maxItems: 10, items: MARKDOWN }),
        ],
      },
    },
  },
};

/** https://developer.pagerduty.com/docs/send-alert-event */
export const PAGERDUTY_SCHEMA = {
  type: "object",
  required: ["routing_key", "event_action"],
  additionalProperties: false,
  properties: {
    routing_key: { type: "string", minLength: 32, maxLength: 32 },
    event_action: { enum: ["trigger", "acknowledge", "resolve"] },
    dedup_key: { type: "string", minLength: 1, maxLength: 255 },
    client: { type: "string" },
    client_url: { type: "string" },
    links: {
      type: "array",
      items: { type: "object", required: ["href"], properties: { href: { type: "string" }, text: { type: "string" } } },
    },
    payload: {
      type: "object",
      required: ["summary", "source", "severity"],
      additionalProperties: false,
      properties: {
        summary: { type: "string", minLength: 1, maxLength: 1_024 },
        source: { type: "string", minLength: 1 },
        severity: { enum: ["critical", "error", "warning", "info"] },
        timestamp: { type: "string", format: "date-time" },
        component: { type: "string" },
        group: { type: "string" },
        class: { type: "string" },
        custom_details: { type: "object" },
      },
    },
  },
  anyOf: [
    { properties: { event_action: { const: "trigger" } }, required: ["payload"] },
    { properties: { event_action: { enum: ["acknowledge", "resolve"] } }, required: ["dedup_key"] },
  ],
};

/** What `schema` has against `value`; none: it is of that form. */
export function faults(schema: object, value: unknown): readonly string[] {
  // As JSON has it: what is undefined does not travel.
  const sent: unknown = JSON.parse(JSON.stringify(value));
  return new Validator(schema, "2020-12", false).validate(sent).errors.map(({ error }) => error);
}

/** A message as the third party took it. */
export interface Taken {
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ThirdParty {
  readonly url: string;
  /** What was taken, oldest first; refused ones are not among them. */
  readonly taken: Taken["body"][];
  /** Statuses to answer next with, before it takes anything again. */
  readonly troubles: number[];
  readonly close: Listening["close"];
}

export function startSlack(): Promise<ThirdParty> {
  return start(SLACK_SCHEMA, { status: 200, body: "ok" }, "invalid_payload");
}

export function startPagerDuty(): Promise<ThirdParty> {
  const body = JSON.stringify({ status: "success", message: "Event processed" });
  return start(PAGERDUTY_SCHEMA, { status: 202, body }, "Event object is invalid");
}

async function start(
  schema: object,
  good: { readonly status: number; readonly body: string },
  bad: string,
): Promise<ThirdParty> {
  const taken: Taken["body"][] = [];
  const troubles: number[] = [];
  const server = await listen((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const trouble = troubles.shift();
      if (trouble !== undefined) return response.writeHead(trouble).end("trouble");
      // What a test compares is checked here for its form.
      const body = JSON.parse(Buffer.concat(parts).toString("utf8")) as Taken["body"];
      const wrong = faults(schema, body);
      if (wrong.length > 0) return response.writeHead(400).end(`${bad}: ${wrong.join("; ")}`);
      taken.push(body);
      return response.writeHead(good.status).end(good.body);
    });
  });
  return { url: server.url, taken, troubles, close: server.close };
}
