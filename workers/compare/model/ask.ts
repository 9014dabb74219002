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
import type { Outcome } from "./outcome.ts";
import { PROMPT_VERSION, SYSTEM_PROMPT } from "./prompt.ts";

/** One request. A batch as a whole has a budget of its own. */
const REQUEST_TIMEOUT_MS = 10_000;

/** By the SDK: on 429, 529, other 5xx and lost connections. Anything longer is the retry's job. */
const MAX_RETRIES = 1;

/** The answer is a verdict and two sentences. */
const MAX_ANSWER_TOKENS = 1_024;
const MAX_REASONING_CHARS = 600;

export type Ask = (question: Question, signal: AbortSignal) => Promise<Outcome>;

export function askModel(settings: ModelSettings): Ask {
  const client = new Anthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    timeout: REQUEST_TIMEOUT_MS,
    maxRetries: MAX_RETRIES,
    fetch: boundedFetch,
    logLevel: "off",
  });
  return async (question, signal) => {
    try {
      return outcomeOf(await send(client, { model: settings.model, question, signal }), question);
    } catch (error) {
      return { kind: "unanswered", error: errorCode(error, signal) };
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
    reasoning: parsed.reasoning.slice(0, MAX_REASONING_CHARS),
    modelVersion: `${answer.model}/prompt-${PROMPT_VERSION}`,
    usage: {
      inputTokens: usage.input_tokens,
      outputTokens: usage.output_tokens,
      cacheReadTokens: usage.cache_read_input_tokens ?? 0,
      cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    },
  };
}

/** A stable code. The text of an error may quote what was sent or answered, so it is not kept. */
function errorCode(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "budget-exceeded";
  if (error instanceof Anthropic.APIConnectionTimeoutError) return "timeout";
  if (error instanceof Anthropic.APIConnectionError) return "unreachable";
  if (error instanceof Anthropic.APIError) return `http-${error.status}`;
  return "unreadable-answer";
}
