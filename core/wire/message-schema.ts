/** The schema of a queue message, for the side that reads it. The form itself and its limits are in `message.ts`. */
import { z } from "zod";
import { MESSAGE_VERSION } from "./message.ts";
import { RecordedPairSchema } from "./recorded-pair.ts";

export const CapturedPairSchema = RecordedPairSchema.extend({
  deploymentId: z.string().min(1),
  repoId: z.int().nonnegative(),
  capturedAt: z.number().nonnegative(),
  credentials: z.enum(["none", "test-identity"]),
  settled: z.literal("equal").optional(),
});

/** Read first: tells a newer version from a broken message. */
export const VersionSchema = z.object({ v: z.int() });

const EnvelopeSchema = z.object({ v: z.literal(MESSAGE_VERSION), sendBy: z.number().optional() });

export const PairMessageSchema = z.union([
  EnvelopeSchema.extend({ pairs: z.array(CapturedPairSchema).min(1) }),
  EnvelopeSchema.extend({ r2Key: z.string().min(1) }),
]);
