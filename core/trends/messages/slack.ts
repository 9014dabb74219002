/**
 * Messages for Slack's incoming webhooks: blocks, and a plain text for notifications. Everything from outside is escaped, and stands in
 * plain text or between backticks, where Slack reads no markup.
 * https://docs.slack.dev/messaging/formatting-message-text, https://docs.slack.dev/reference/block-kit/blocks
 */
import { type Change, isOver, type Level } from "../alerts.ts";
import { measuredText, type RunFacts, serviceText, shortened } from "./run.ts";

/** Characters of a header block and of a section's text, by Slack's reference of blocks. */
const HEADER_MOST = 150;
const SECTION_MOST = 3_000;
/** For the words that say how many lines were left out. */
const REST_MOST = 30;
/** Characters of a text from outside: enough to know a path or branch by. */
const CODE_MOST = 80;

interface PlainText {
  readonly type: "plain_text";
  readonly text: string;
}

interface Markdown {
  readonly type: "mrkdwn";
  readonly text: string;
  /** No links made of what only looks like one. */
  readonly verbatim: true;
}

export type Block =
  | { readonly type: "header"; readonly text: PlainText }
  | { readonly type: "section"; readonly text: Markdown }
  | { readonly type: "context"; readonly elements: readonly Markdown[] };

/** The body of a post to the webhook. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly Block[];
}

const MARKS: Readonly<Record<Level, string>> = {
  holds: ":white_check_mark: holds again",
  warning: ":warning: most of the budget is used",
  breach: ":red_circle: over the budget",
  repeated: ":rotating_light: over the budget twice in a row",
};

/** One message for everything that a run changed. */
export function slackAlert(facts: RunFacts, changes: readonly Change[]): SlackMessage {
  const title = `${serviceText(facts)}: ${titleOf(changes)}`;
  const lines = changes.map((change) => lineOf(change));
  const from = [code(facts.branch), code(facts.commit.slice(0, 12)), escaped(facts.at), link(facts.url)];
  return slackMessage(title, lines, from.filter((text) => text !== "").join(" · "));
}

/** Header, as many lines as fit, and a line of small print. `lines` and `small` are Slack's markup, already escaped; `title` is plain. */
export function slackMessage(title: string, lines: readonly string[], small: string): SlackMessage {
  const header = escapedTitle(title);
  return {
    text: header,
    blocks: [
      { type: "header", text: { type: "plain_text", text: header } },
      { type: "section", text: markdown(fitting(lines).join("\n")) },
      ...(small === "" ? [] : [{ type: "context", elements: [markdown(small)] } as const]),
    ],
  };
}

/** As much of it as fits when it is escaped. */
function escapedTitle(title: string): string {
  let most = HEADER_MOST;
  while (escaped(shortened(title, most)).length > HEADER_MOST) most -= 1;
  return escaped(shortened(title, most));
}

/** Whole lines only: a cut one could end inside an escape. */
function fitting(lines: readonly string[]): readonly string[] {
  let left = SECTION_MOST - REST_MOST;
  const shown = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return shown === -1 ? lines : [...lines.slice(0, shown), `and ${lines.length - shown} more`];
}

function titleOf(changes: readonly Change[]): string {
  const over = changes.filter(({ to }) => isOver(to)).length;
  if (over > 0) return `${over} ${over === 1 ? "budget" : "budgets"} exceeded`;
  if (changes.some(({ to, from }) => to === "warning" && from === "holds")) return "a budget is nearly used up";
  // Others may still be exceeded: only what changed is known here.
  return changes.length === 1 ? "1 budget holds again" : `${changes.length} budgets hold again`;
}

function lineOf({ endpoint, budget, from, to, measured }: Change): string {
  const mark = isOver(from) && to === "warning" ? ":white_check_mark: holds again, most of it is used" : MARKS[to];
  return `${code(endpoint)} ${measuredText(budget, measured)}: ${mark}`;
}

function markdown(text: string): Markdown {
  return { type: "mrkdwn", text, verbatim: true };
}

/** A text from outside between backticks: its own would end them, and a line break would begin a quotation. */
export function code(text: string): string {
  const plain = shortened(text, CODE_MOST).replaceAll("`", "'").replaceAll(/\s+/g, " ");
  return plain.trim() === "" ? "" : `\`${escaped(plain)}\``;
}

/** The three characters that Slack reads as control characters. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A bar would begin the link's label, and an address has its own spelling for it. */
function link(url: string | null): string {
  return url === null ? "" : `<${escaped(url).replaceAll("|", "%7C")}|run>`;
}
