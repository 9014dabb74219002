/**
 * What an engine says of containers, networks and volumes, over its HTTP API (https://docs.docker.com/reference/api/engine/). Reads
 * and removes only; starting is docker compose's work. The address is DOCKER_HOST's: a socket, or TCP without TLS on this machine.
 */
import { request } from "node:http";
import { DriverUnavailable } from "../driver.ts";
import {
  ContainerSchema,
  type EngineContainer,
  LabelledSchema,
  ListedContainersSchema,
  VersionSchema,
  VolumesSchema,
} from "./engine-forms.ts";

export interface Engine {
  /** With their state, those that have ended too. */
  readonly containers: (label: string, signal: AbortSignal) => Promise<readonly EngineContainer[]>;
  /** Labels of everything that has this label: containers, networks and volumes. */
  readonly labels: (label: string, signal: AbortSignal) => Promise<readonly Readonly<Record<string, string>>[]>;
  /** Of its API: `1.44`. */
  readonly apiVersion: (signal: AbortSignal) => Promise<string>;
  /** The last lines of a container, both outputs in order. */
  readonly logs: (id: string, lines: number, signal: AbortSignal) => Promise<string>;
}

/** Engines answer in milliseconds; while one pulls or removes much, in seconds. */
const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const API = "/v1.41";

/** Docker's own default. */
export const DEFAULT_DOCKER_HOST = "unix:///var/run/docker.sock";

export function isDockerHost(text: string): boolean {
  return whereIs(text) !== null;
}

type Where = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** Every function rejects with `DriverUnavailable` where the engine does not answer. */
export function createEngine(dockerHost: string): Engine {
  const where = whereIs(dockerHost);
  if (where === null) throw new Error(`${dockerHost} is no engine's address.`);
  const get = async (path: string, signal: AbortSignal): Promise<unknown> =>
    JSON.parse((await read(where, path, signal)).toString("utf8"));
  return {
    containers: async (label, signal) => {
      const listed = ListedContainersSchema.parse(await get(`/containers/json?all=1&${filter(label)}`, signal));
      const all = await Promise.all(listed.map(({ Id }) => inspected(get, Id, signal)));
      return all.filter((container) => container !== null);
    },
    labels: async (label, signal) => {
      const [containers, networks, volumes] = await Promise.all([
        get(`/containers/json?all=1&${filter(label)}`, signal),
        get(`/networks?${filter(label)}`, signal),
        get(`/volumes?${filter(label)}`, signal),
      ]);
      const found = [containers, networks].flatMap((list) => LabelledSchema.array().parse(list));
      return [...found, ...(VolumesSchema.parse(volumes).Volumes ?? [])].map(({ Labels }) => Labels ?? {});
    },
    apiVersion: async (signal) => VersionSchema.parse(await get("/version", signal)).ApiVersion,
    logs: async (id, lines, signal) =>
      textOfLog(await read(where, `/containers/${id}/logs?stdout=1&stderr=1&tail=${lines}`, signal)),
  };
}

type Get = (path: string, signal: AbortSignal) => Promise<unknown>;

/** Null: it has gone meanwhile. */
async function inspected(get: Get, id: string, signal: AbortSignal): Promise<EngineContainer | null> {
  try {
    return ContainerSchema.parse(await get(`/containers/${id}/json`, signal));
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}

class NotThere extends Error {}

function whereIs(dockerHost: string): Where | null {
  const [, path] = /^unix:\/\/(\/.+)$/.exec(dockerHost) ?? [];
  if (path !== undefined) return { socketPath: path };
  const [, host, port] = /^(?:tcp|http):\/\/([^:/]+):(\d+)\/?$/.exec(dockerHost) ?? [];
  return host === undefined ? null : { host, port: Number(port) };
}

function filter(label: string): string {
  return `filters=${encodeURIComponent(JSON.stringify({ label: [label] }))}`;
}

async function read(where: Where, path: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await ask(where, `${API}${path}`, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
  } catch (error) {
    if (error instanceof NotThere || error instanceof DriverUnavailable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DriverUnavailable(`The container engine does not answer: ${reason}`);
  }
}

function ask(where: Where, path: string, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, path, signal }, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER_BYTES) answer.destroy(new Error("its answer is too large"));
        else chunks.push(chunk);
      });
      answer.on("error", reject);
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        if (answer.statusCode === 200) resolve(body);
        else if (answer.statusCode === 404) reject(new NotThere(path));
        else
          reject(
            new DriverUnavailable(
              `The container engine answers ${answer.statusCode}: ${body.toString("utf8", 0, 300)}`,
            ),
          );
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Frames of 8 bytes and content (API: "Stream format"), unless the container has a terminal: then it is plain. */
function textOfLog(bytes: Buffer): string {
  const parts: string[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const kind = bytes[at] ?? 0;
    const length = bytes.readUInt32BE(at + 4);
    if (kind > 2 || bytes[at + 1] !== 0 || at + 8 + length > bytes.length) return bytes.toString("utf8");
    parts.push(bytes.toString("utf8", at + 8, at + 8 + length));
    at += 8 + length;
  }
  return parts.join("");
}
