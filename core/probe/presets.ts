/**
 * Services that are probed without a file, as data: address, health, endpoints and the JSON Schemas of their answers. A schema asks for what a
 * reader needs and allows more fields.
 */

/** JSON as it is sent or as a schema. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface PresetEndpoint {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: Json;
  readonly schema: Readonly<Record<string, Json>>;
}

export interface Preset {
  readonly baseUrl: string;
  readonly healthPath: string;
  readonly endpoints: readonly PresetEndpoint[];
}

const count: Json = { type: "integer", minimum: 0 };
const milliseconds: Json = { type: "number", minimum: 0 };
const version: Json = { type: "string", minLength: 1 };

/** `corridors` of the older services may be an object by name. */
const DRIFT = {
  required: ["avg_delta", "max_delta", "corridors"],
  properties: {
    avg_delta: { type: "number" },
    max_delta: { type: "number" },
    corridors: { type: ["array", "object"] },
  },
} as const;

const FIGURES = {
  type: "object",
  required: ["model_version", "p50", "p95", "p99", "count"],
  properties: { model_version: version, p50: milliseconds, p95: milliseconds, p99: milliseconds, count },
} as const;

/** Shadow statistics: latencies in milliseconds, and how far the shadow is from its reference. */
const STATS = {
  ...FIGURES,
  required: [...FIGURES.required, "drift"],
  properties: { ...FIGURES.properties, drift: { type: "object", ...DRIFT } },
} as const;

/** The drift fields in an object of their own, or beside the others as the first services have them. */
const STATS_OF_EITHER_FORM = { ...FIGURES, anyOf: [STATS, DRIFT] } as const;

const EVENTS = {
  type: "object",
  required: ["events"],
  properties: {
    events: {
      type: "array",
      items: {
        type: "object",
        required: ["corridor", "timestamp", "delta"],
        properties: {
          corridor: { type: "string" },
          timestamp: { type: ["string", "number"] },
          delta: { type: "number" },
        },
      },
    },
  },
} as const;

export const PRESETS = {
  "shadow-infra": {
    baseUrl: "http://localhost:8001",
    healthPath: "/healthz",
    endpoints: [
      { method: "GET", path: "/api/shadow/stats", schema: STATS },
      { method: "POST", path: "/api/shadow/events", body: { limit: 10 }, schema: EVENTS },
    ],
  },
  chainiq: {
    baseUrl: "http://localhost:8000",
    healthPath: "/health",
    endpoints: [
      { method: "GET", path: "/iq/shadow/stats", schema: STATS_OF_EITHER_FORM },
      { method: "POST", path: "/iq/shadow/events", body: { limit: 10 }, schema: EVENTS },
    ],
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;

/** Where nobody names one. */
export const DEFAULT_PRESET: PresetName = "shadow-infra";

// `Object.keys` gives plain strings; these are the keys of that very table.
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];
