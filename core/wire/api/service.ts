/** What the report Worker says of itself: alive, ready, which version. */
import { z } from "zod";

export const HealthSchema = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

export const VersionSchema = z.object({ name: z.string(), version: z.string() }).meta({ id: "Version" });
