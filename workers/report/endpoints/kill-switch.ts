/** The kill switch of a host. It goes to the host's registry alone, so that it works while the database does not. */
import { done, refuse } from "../http/reply.ts";
import { readKillSwitch, setKillSwitch } from "../registry/hosts.ts";
import type { Handler } from "./handler.ts";
import { hostOf } from "./registration.ts";

const NO_HOST = "host: a host name without scheme, port or path.";

export const getKillSwitch: Handler<"getKillSwitch"> = async ({ params }, { env }) => {
  const host = hostOf(params.host);
  if (host === null) return refuse("invalid-request", NO_HOST);
  const read = await readKillSwitch(env.REGISTRY, host);
  return read.ok ? done({ host, on: read.value.includes(true) }) : read;
};

/** Repeating it changes nothing. What the registry says afterwards is the answer, not what was asked for. */
export const putKillSwitch: Handler<"putKillSwitch"> = async ({ params, body }, { env }) => {
  const host = hostOf(params.host);
  if (host === null) return refuse("invalid-request", NO_HOST);
  const set = await setKillSwitch(env.REGISTRY, host, body.on);
  if (!set.ok) return set;
  const read = await readKillSwitch(env.REGISTRY, host);
  if (!read.ok) return read;
  console.log(JSON.stringify({ event: "kill-switch", host, on: body.on }));
  return done({ host, on: read.value.includes(true) });
};
