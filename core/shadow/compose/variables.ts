/** Where variables take their values from: what the caller gives, then `.env`. Never the environment of the machine we run on. */
import { readEnv, readRawEnv } from "./dotenv.ts";
import type { Lookup } from "./interpolate.ts";
import { missing, startOf } from "./load.ts";
import { MAX_FILE_CHARS } from "./parse.ts";
import { folderOf } from "./paths.ts";
import { fileAt, type Reading, refuse, type Spot } from "./reading.ts";

export interface EnvFiles {
  readonly paths: readonly string[];
  /** Goes before the files. */
  readonly lookup: Lookup;
  readonly spot: Spot;
  /** Whether a file that is not there is refused. */
  readonly required: boolean;
}

/** Undefined: a file is wanted first, or refused. */
export function envLookup(reading: Reading, files: EnvFiles): Lookup | undefined {
  const values = new Map<string, string>();
  const lookup: Lookup = (name) => files.lookup(name) ?? values.get(name);
  for (const path of files.paths) {
    const read = readEnvFile(reading, path, { ...files, lookup });
    if (read === undefined) return undefined;
    for (const [name, value] of read) values.set(name, value);
  }
  return lookup;
}

/** The variables of one file; none where it is absent and need not be there. */
export function readEnvFile(
  reading: Reading,
  path: string,
  { lookup, spot, required, raw }: Omit<EnvFiles, "paths"> & { readonly raw?: boolean },
): ReadonlyMap<string, string> | undefined {
  const file = fileAt(reading, path, spot);
  if (file === undefined) return undefined;
  if (file?.kind !== "file") {
    if (!required && file === null) return new Map();
    refuse(reading, spot, missing(path));
    return undefined;
  }
  if (file.text.length > MAX_FILE_CHARS) {
    refuse(reading, spot, { code: "too-long", message: `${path} is longer than ${MAX_FILE_CHARS} characters.` });
    return undefined;
  }
  const read = raw === true ? readRawEnv(file.text, lookup) : readEnv(file.text, lookup);
  if (read.ok) return read.values;
  const place = { ...startOf(path, folderOf(path)), line: read.fault.line };
  refuse(reading, { place, key: spot.key }, { code: "env-file", message: read.fault.message });
  return undefined;
}

/** Names that compose itself gives to files; other names of the caller's go before. */
export function callersLookup(reading: Reading, projectName: string): Lookup {
  const { variables } = reading.source;
  return (name) => {
    if (Object.hasOwn(variables, name)) return variables[name];
    return name === "COMPOSE_PROJECT_NAME" ? projectName : undefined;
  };
}
