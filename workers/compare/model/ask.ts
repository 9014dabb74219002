/**
 * One question to the Messages API: time-limited, size-limited, structured. Every failure is an outcome, never a throw:
 * nothing here may decide a pair but a well-formed answer inside the rule's range.
 */
import Anthropic from "@anthropic-ai/sdk";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { questionText } from "../../../core/verdict/question.ts";
import { clamp } from "../../../core/verdict/severity.ts";
import { type ModelAnswer, ModelAnswerSchema, type Question } from "../../../core/wire/model.ts";
import type { ModelSettings } from "../settings.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import type { Outcome, Unanswered } from "./outcome.ts";
import { PROMPT_VERSION, SYSTEM_PROMPT } from "./prompt.ts";

/** Every call is counted against budgets, so the SDK repeats none by itself: the cron asks again, with back-off. */
const MAX_RETRIES = 0;

/** The answer is a verdict and two sentences. */
const MAX_ANSWER_TOKENS = 1_024;
const MAX_REASONING_CHARS = 600;

export type Ask = (question: Question, signal: AbortSignal) => Promise<Outcome>;

export function askModel(settings: ModelSettings): Ask {
  const client = new Anthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    timeout: settings.timeoutMs,
    maxRetries: MAX_RETRIES,
    fetch: boundedFetch,
    logLevel: "off",
  });
  return async (question, signal) => {
    try {
      return outcomeOf(await send(client, { model: settings.model, question, signal }), question);
    } catch (error) {
      return failed(error, signal);
    }
  };
}

interface Sending {
  readonly model: string;
  readonly question: Question;
  readonly signal: AbortSignal;
}

type Answer = Awaited<ReturnType<typeof send>>;

function send(client: Anthropic, { model, question, signal }: Sending) {
  return client.messages.parse(
    {
      model,
      max_tokens: MAX_ANSWER_TOKENS,
      system: [{ type: "text", text: SYSTEM_PROMPT, cache_control: { type: "ephemeral" } }],
      messages: [{ role: "user", content: questionText(question) }],
      output_config: { format: zodOutputFormat(ModelAnswerSchema) },
    },
    { signal },
  );
}

function outcomeOf(answer: Answer, question: Question): Outcome {
  if (answer.stop_reason !== "end_turn") return { kind: "unanswered", error: `stopped: ${answer.stop_reason}` };
  const parsed: ModelAnswer | null = answer.parsed_output;
  if (parsed === null) return { kind: "unanswered", error: "wrong-shape" };
  const { usage } = answer;
  return {
    kind: "answered",
    verdict: clamp(parsed.verdict, question.floor, question.ceiling),
    reasoning: plainSentence(parsed.reasoning),
    modelVersion: `${answer.model}/prompt-${PROMPT_VERSION}`,
    usage: {
      inputTokens: usage.input_tokens,
      outputTokens: usage.output_tokens,
      cacheReadTokens: usage.cache_read_input_tokens ?? 0,
      cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    },
  };
}

/** One line of visible text: what is shown to reviewers must hide nothing and look like nothing else. */
function plainSentence(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, MAX_REASONING_CHARS)
    .toWellFormed();
}

/** No more from this model, or for this key, for now. */
const REFUSES_ALL: ReadonlySet<number> = new Set([401, 402, 403, 429, 529]);

function failed(error: unknown, signal: AbortSignal): Unanswered {
  const code = { kind: "unanswered", error: errorCode(error, signal) } as const;
  if (!(error instanceof Anthropic.APIError)) return code;
  // Both are `any` in the SDK's type of an error whose parameters are not known.
  const status: unknown = error.status;
  const headers: unknown = error.headers;
  if (typeof status !== "number" || !REFUSES_ALL.has(status)) return code;
  const retryAfterMs = headers instanceof Headers ? retryAfter(headers.get("retry-after")) : null;
  return { ...code, refusesAll: true, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

/** Seconds, which is what the API sends (https://platform.claude.com/docs/en/api/rate-limits). Null for anything else. */
function retryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1_000 : null;
}

/** A stable code. The text of an error may quote what was sent or answered, so it is not kept. */
function errorCode(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "out-of-time";
  if (error instanceof Anthropic.APIConnectionTimeoutError) return "timeout";
  if (error instanceof Anthropic.APIConnectionError) return "unreachable";
  if (error instanceof Anthropic.APIError) return `http-${error.status}`;
  return "unreadable-answer";
}
