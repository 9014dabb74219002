/**
 * What happens to every key of a compose file: the rows of the file itself and of its other sections, and the one way to look a
 * key up. Rows of services are beside it. The page about compose files is held against these rows by a test.
 */

import { isFalse, type Row } from "./table-row.ts";
import { SERVICE_ROWS } from "./table-service.ts";

const ONE_NETWORK = "All services of a stack share one network and reach each other by name.";

const FILE_ROWS: readonly Row[] = [
  { key: "version", effect: "dropped", code: "obsolete", why: "Compose ignores it." },
  { key: "name", effect: "translated", why: "The value of COMPOSE_PROJECT_NAME; the stack has a name of its own." },
  { key: "include", effect: "translated", why: "Files of the repository, each with the .env of its folder." },
  { key: "services", effect: "translated", inner: true, why: "Those of active profiles." },
  { key: "models", effect: "dropped", code: "models", why: "No model is run; a service that asks for one is refused." },
  { key: "networks", effect: "translated", inner: true, why: ONE_NETWORK },
  { key: "networks.*", effect: "dropped", code: "network", why: ONE_NETWORK },
  { key: "volumes", effect: "translated", inner: true, why: "Each begins empty and ends with the stack." },
  { key: "volumes.*", effect: "translated", inner: true, why: "Each begins empty and ends with the stack." },
  { key: "volumes.*.name", effect: "dropped", code: "name", why: "The volume belongs to the stack alone." },
  { key: "volumes.*.driver", effect: "adjusted", code: "volume-driver", why: "It is an empty volume of the stack." },
  {
    key: "volumes.*.driver_opts",
    effect: "adjusted",
    code: "volume-driver",
    why: "It is an empty volume of the stack.",
  },
  {
    key: "volumes.*.external",
    effect: "refused",
    code: "external-resource",
    why: "The volume is not part of the file.",
  },
  { key: "volumes.*.labels", effect: "dropped", code: "label", why: "Nothing in a stack reads it." },
  ...["secrets", "configs"].flatMap((section) => fileRows(section)),
  {
    key: "secrets.*.driver",
    effect: "refused",
    code: "external-resource",
    why: "Its content comes from elsewhere.",
  },
  {
    key: "secrets.*.driver_opts",
    effect: "refused",
    code: "external-resource",
    why: "Its content comes from elsewhere.",
  },
  { key: "configs.*.content", effect: "translated", why: "The file's content." },
  { key: "x-shadow", effect: "translated", inner: true, why: "Hints to us." },
  { key: "x-shadow.service", effect: "translated", why: "The service that answers." },
];

function fileRows(section: string): readonly Row[] {
  const row = (key: string, rest: Omit<Row, "key">): Row => ({ key: `${section}.*${key}`, ...rest });
  return [
    { key: section, effect: "translated", inner: true, why: "Those that a service uses." },
    row("", { effect: "translated", inner: true, why: "A file in the containers that use it." }),
    row(".file", { effect: "translated", why: "A file of the repository." }),
    row(".environment", { effect: "translated", why: "The value of a variable of .env." }),
    row(".name", { effect: "dropped", code: "name", why: "It belongs to the stack alone." }),
    row(".labels", { effect: "dropped", code: "label", why: "Nothing in a stack reads it." }),
    row(".external", {
      effect: "refused",
      code: "external-resource",
      unless: isFalse,
      why: "Its content is not part of the file.",
    }),
    row(".template_driver", { effect: "refused", code: "external-resource", why: "Its content is made elsewhere." }),
  ];
}

/** Every row, by key: `services.*.ports`, where `*` is a name of the file's and `[]` an item of a list. */
export const translationTable: ReadonlyMap<string, Row> = new Map(
  [...FILE_ROWS, ...SERVICE_ROWS].map((row) => [row.key, row]),
);

/** The row a key stands in: its own, or that of the nearest key around it whose row speaks for all inside. */
export function rowOf(path: readonly string[]): Row | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const row = rowAt(path.slice(0, length));
    if (row !== undefined) return length === path.length || row.inner !== true ? row : undefined;
  }
  return undefined;
}

/** Keys that the table knows beside each other, below a path. */
export function keysBelow(path: readonly string[]): readonly string[] {
  const depth = path.length;
  const names = [...translationTable.keys()].flatMap((key) => {
    const steps = key.split(".");
    const name = steps[depth];
    return steps.length === depth + 1 && name !== undefined && name !== "*" && fits(steps, path) ? [name] : [];
  });
  return [...new Set(names)];
}

function rowAt(path: readonly string[]): Row | undefined {
  const exact = translationTable.get(path.join("."));
  if (exact !== undefined) return exact;
  for (const [key, row] of WITH_NAMES) if (key.length === path.length && fits(key, path)) return row;
  return undefined;
}

/** `*` stands for a name. */
function fits(key: readonly string[], path: readonly string[]): boolean {
  return path.every((step, n) => key[n] === step || key[n] === "*");
}

const WITH_NAMES = [...translationTable].map(([key, row]) => [key.split("."), row] as const);
