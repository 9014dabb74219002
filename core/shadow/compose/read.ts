/**
 * A repository's compose file -> what a stack is built from. The steps in order:
 * `.env` -> files, includes, extends -> form -> services of active profiles -> each service -> who waits for whom -> sizes.
 * Pure: a file that is lacking is asked for, and everything begins again once it is there. Never throws.
 */
import { joined } from "./dependencies.ts";
import { checkForm } from "./form.ts";
import { readModel } from "./include.ts";
import type { Lookup } from "./interpolate.ts";
import { sayKeys, unknownKey } from "./keys.ts";
import { startOf } from "./load.ts";
import { childOf, type Entry, entriesOf, type MapNode, textAt } from "./node.ts";
import { folderOf } from "./paths.ts";
import type { ComposeProject, ComposeService, ProjectFile } from "./project.ts";
import { isRefused, type Reading, refuse, startReading } from "./reading.ts";
import { readService } from "./service.ts";
import { selectServices, serviceEntries } from "./services.ts";
import type { ComposeSource, ReadCompose } from "./source.ts";
import { rowOf } from "./table.ts";
import { callersLookup, envLookup } from "./variables.ts";
import type { ServiceView } from "./view.ts";

/** Characters of everything that is read, files in containers included. */
const MAX_PROJECT_CHARS = 1024 * 1024;

export function readCompose(source: ComposeSource): ReadCompose {
  const reading = startReading(source);
  const project = projectFrom(reading);
  if (reading.wanted.size > 0 && !isHopeless(reading))
    return { ok: false, reason: "files-wanted", paths: [...reading.wanted] };
  if (project === undefined || isRefused(reading))
    return { ok: false, reason: "compose-refused", notes: reading.notes };
  return { ok: true, value: { ...project, notes: reading.notes } };
}

/** What was refused while files were lacking stays refused once they are there, but for what follows from their absence. */
function isHopeless(reading: Reading): boolean {
  return isRefused(reading);
}

function projectFrom(reading: Reading): ComposeProject | undefined {
  const { path } = reading.source;
  const base = folderOf(path);
  const spot = { place: startOf(path, base), key: "" };
  const name = projectName(reading, base);
  const env = base === "" ? ".env" : `${base}/.env`;
  const lookup = envLookup(reading, { paths: [env], lookup: callersLookup(reading, name), spot, required: false });
  if (lookup === undefined) return undefined;
  const file = readModel({ reading, paths: [path], base, lookup, spot, chain: [] });
  if (file === undefined || reading.wanted.size > 0 || isRefused(reading) || !checkForm(reading, file))
    return undefined;
  return projectOf(reading, file, lookup);
}

/** It is needed before the file is read, because its own variables may name it. */
function projectName({ source }: Reading, base: string): string {
  const file = source.files.get(source.path);
  const [, written] = file?.kind === "file" ? (/^name:[ \t]*["']?([\w-]+)/m.exec(file.text) ?? []) : [];
  return written ?? (base === "" ? "project" : base.slice(base.lastIndexOf("/") + 1)).toLowerCase();
}

function projectOf(reading: Reading, file: MapNode, lookup: Lookup): ComposeProject | undefined {
  const entries = serviceEntries(file);
  const views = entries.map((entry): ServiceView => ({ reading, name: entry.key, entry, file, lookup }));
  const { running, left } = selectServices(reading, views, activeProfiles(reading, lookup));
  if (running.length === 0) {
    const message = "No service is left to run. Is the profile active, or everything left out?";
    refuse(reading, { place: file.place, key: "services" }, { code: "no-services", message });
    return undefined;
  }
  const read = running.map((view) => ({ view, ...readService(view) }));
  const services = joined(read, left);
  const project = {
    services,
    volumes: volumesOf(services),
    files: distinctFiles(read.flatMap(({ files }) => files)),
    answers: answersOf(reading, file, services),
    notes: [],
  };
  saySections(reading, file, project);
  if (JSON.stringify(project).length > MAX_PROJECT_CHARS)
    refuse(
      reading,
      { place: file.place, key: "" },
      {
        code: "too-long",
        message: `The project has more than ${MAX_PROJECT_CHARS} characters, files of the repository included.`,
      },
    );
  return project;
}

function activeProfiles(reading: Reading, lookup: Lookup): ReadonlySet<string> {
  const listed = (lookup("COMPOSE_PROFILES") ?? "").split(",").map((profile) => profile.trim());
  return new Set([...reading.source.profiles, ...listed.filter((profile) => profile !== "")]);
}

function volumesOf(services: readonly ComposeService[]): readonly string[] {
  const used = services.flatMap(({ mounts }) => mounts.flatMap((one) => (one.kind === "volume" ? [one.volume] : [])));
  return [...new Set(used)];
}

function distinctFiles(files: readonly ProjectFile[]): readonly ProjectFile[] {
  return [...new Map(files.map((file) => [`${file.kind}/${file.name}`, file])).values()];
}

/** Sections beside the services: of volumes, configs and secrets only those that a service uses. */
function saySections(reading: Reading, file: MapNode, { services, files }: ComposeProject): void {
  const volumes = volumesOf(services);
  const usedNames: Readonly<Record<string, readonly string[]>> = {
    volumes,
    configs: files.flatMap(({ kind, name }) => (kind === "config" ? [name] : [])),
    secrets: files.flatMap(({ kind, name }) => (kind === "secret" ? [name] : [])),
  };
  for (const entry of entriesOf(file)) {
    if (entry.key === "services") continue;
    const used = usedNames[entry.key];
    if (used === undefined) sayKeys(reading, only(file, entry), []);
    else for (const inner of entriesOf(entry.node)) sayMember(reading, inner, { section: entry.key, used });
  }
}

interface Section {
  readonly section: string;
  readonly used: readonly string[];
}

/** Of what no service uses nothing is said but unknown keys. */
function sayMember(reading: Reading, member: Entry, { section, used }: Section): void {
  const path = [section, member.key];
  if (used.includes(member.key)) sayKeys(reading, member.node, path);
  else
    for (const { key, place } of entriesOf(member.node))
      if (rowOf([...path, key]) === undefined && !key.startsWith("x-"))
        unknownKey(reading, { place, key: [...path, key].join(".") }, [...path, key]);
}

function only(file: MapNode, entry: Entry): MapNode {
  return { ...file, entries: new Map([[entry.key, entry]]) };
}

function answersOf(reading: Reading, file: MapNode, services: readonly ComposeService[]): string | null {
  const node = childOf(childOf(file, "x-shadow"), "service");
  const name = textAt(node);
  if (node === undefined || name === undefined) return null;
  if (services.some((service) => service.name === name)) return name;
  const message = `x-shadow names "${name.slice(0, 80)}", and no service of that name runs.`;
  refuse(reading, { place: node.place, key: "x-shadow.service" }, { code: "x-shadow", message });
  return null;
}
