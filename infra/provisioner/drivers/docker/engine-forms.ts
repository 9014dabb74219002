/** What of the engine's answers is read. Apart from `engine.ts`: data without a call. */
import { z } from "zod";

const Labels = z.record(z.string(), z.string()).nullish();

export const ListedContainersSchema = z.array(z.object({ Id: z.string() }));
export const LabelledSchema = z.object({ Labels });
export const VolumesSchema = z.object({ Volumes: z.array(LabelledSchema).nullish() });

export const VersionSchema = z.object({ ApiVersion: z.string() });

const PortSchema = z.object({ HostIp: z.string(), HostPort: z.string() });

export const ContainerSchema = z.object({
  Id: z.string(),
  RestartCount: z.number().default(0),
  Config: z.object({ Image: z.string(), Labels }),
  State: z.object({
    /** created, running, paused, restarting, removing, exited, dead. */
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean().default(false),
    Error: z.string().default(""),
    /** Of this run of it, ISO 8601; the year 1 where it never ran. */
    StartedAt: z.string(),
    Health: z.object({ Status: z.string() }).nullish(),
  }),
  NetworkSettings: z.object({ Ports: z.record(z.string(), z.array(PortSchema).nullable()).nullish() }),
});
export type EngineContainer = z.infer<typeof ContainerSchema>;
