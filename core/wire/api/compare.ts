/** `POST /compare`: one pair by HTTP, judged by the same graph as the queue's. */
import { z } from "zod";
import { HeadersSchema } from "../recorded-pair.ts";
import { JudgementSchema } from "./verdict.ts";

const ResponseSchema = z.object({
  status: z.int().min(100).max(599),
  headers: HeadersSchema.default({}),
  /** Text, or any JSON value, which is compared in its JSON notation. */
  body: z.json().default(""),
  latency_ms: z.number().nonnegative().default(0),
});

export const CompareRequestSchema = z
  .object({
    deployment_id: z.string().min(1),
    pair_id: z.string().min(1).max(64),
    prod_response: ResponseSchema,
    shadow_response: ResponseSchema,
    /** The request that was answered; without it the pair belongs to the route `GET /`. */
    request: z.object({ method: z.string().default("GET"), path: z.string().default("/") }).optional(),
  })
  .meta({ id: "CompareRequest" });
export type CompareRequest = z.infer<typeof CompareRequestSchema>;

export const CompareAnswerSchema = JudgementSchema.omit({ id: true }).meta({ id: "CompareAnswer" });
