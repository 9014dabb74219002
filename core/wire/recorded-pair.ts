/** The schema of a recorded pair: one JSON line of `shadow-infra compare`, of exports, and the inside of a queue message. */
import { z } from "zod";
import { FAILURE_REASONS } from "../pair/pair.ts";

export const HeadersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const BodyEncodingSchema = z.literal("base64");

export const RequestSchema = z.object({
  method: z.string().min(1),
  path: z.string().min(1),
  headers: HeadersSchema.default({}),
  body: z.string().nullable().default(null),
  bodyEncoding: BodyEncodingSchema.optional(),
});

export const AnswerSchema = z.object({
  status: z.int().min(100).max(599),
  headers: HeadersSchema.default({}),
  body: z.string().default(""),
  bodyEncoding: BodyEncodingSchema.optional(),
  latencyMs: z.number().nonnegative().default(0),
  headersMs: z.number().nonnegative().optional(),
  truncated: z.boolean().optional(),
  bodyBytes: z.int().nonnegative().optional(),
});

export const NoAnswerSchema = z.object({
  failed: z.enum(FAILURE_REASONS),
  latencyMs: z.number().nonnegative().default(0),
});

export const ObservationSchema = z.union([NoAnswerSchema, AnswerSchema]);

const HostSchema = z.string().optional();

export const RecordedPairSchema = z.object({
  id: z.string().min(1),
  hosts: z.object({ prod: HostSchema, shadow: HostSchema, base: HostSchema }).optional(),
  request: RequestSchema,
  prod: ObservationSchema,
  shadow: ObservationSchema,
  control: ObservationSchema.optional(),
  base: ObservationSchema.optional(),
  baseAgain: ObservationSchema.optional(),
});
