/** The kill switch of a production host: nothing of it is mirrored while it is on. */
import { z } from "zod";

export const KillSwitchPutSchema = z.strictObject({ on: z.boolean() }).meta({ id: "KillSwitchPut" });

export const KillSwitchSchema = z
  .object({
    host: z.string(),
    /** True: nothing of this host is mirrored. */
    on: z.boolean(),
  })
  .meta({ id: "KillSwitch" });
