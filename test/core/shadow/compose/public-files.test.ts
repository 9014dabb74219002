/** The 39 public compose files: read as docker compose reads them, or refused by name, and only those that must be. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { RepositoryFile } from "../../../../core/shadow/compose/source.ts";
import { comparableModel, comparableService, withoutDropped } from "./comparable.ts";
import { readRepository, type Texts } from "./repository.ts";

const ROOT = new URL("../../../fixtures/compose/awesome-compose/", import.meta.url);
const NAMES = readdirSync(new URL("files/", ROOT)).toSorted();

/** What has to be refused, and why. Everything else is read. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  minecraft: ["host-path"],
  "pihole-cloudflared-DoH": ["capability", "host-path"],
  plex: ["host-network", "host-path"],
  portainer: ["docker-socket"],
  "traefik-golang": ["docker-socket"],
  "wasmedge-kafka-mysql": ["runtime"],
  "wasmedge-mysql-nginx": ["runtime"],
  wireguard: ["capability", "host-path", "sysctl"],
};

function textsOf(name: string): Texts {
  const folder = new URL(`files/${name}/`, ROOT);
  const text = (file: string): string => readFileSync(new URL(file, folder), "utf8");
  const file = existsSync(new URL("compose.yaml", folder)) ? "compose.yaml" : "compose.yml";
  const env: Texts = existsSync(new URL("dotenv", folder)) ? { ".env": text("dotenv") } : {};
  return { "compose.yaml": text(file), ...env };
}

/** The corpus has no other files than these: a name with an ending is a file, another one a folder. */
function anyFile(path: string): RepositoryFile {
  if (path.endsWith(".env")) return null;
  return /\.[a-z]+$/.test(path)
    ? { kind: "file", text: `of ${path}` }
    : { kind: "folder", paths: [`${path}/file.txt`] };
}

describe("public compose files", () => {
  test("there are 39 of them", () => expect(NAMES).toHaveLength(39));

  test.each(NAMES.filter((name) => REFUSED[name] === undefined))("%s is read as docker compose reads it", (name) => {
    const read = readRepository(textsOf(name), { answer: anyFile });
    if (!read.ok) throw new Error(JSON.stringify(read));
    const model = JSON.parse(readFileSync(new URL(`model/${name}_compose.json`, ROOT), "utf8"));
    const expected = Object.fromEntries(
      Object.keys(model.services).map((service) => [
        service,
        comparableModel(withoutDropped(model.services[service], read.value, service), "/project"),
      ]),
    );
    const found = Object.fromEntries(read.value.services.map((service) => [service.name, comparableService(service)]));
    expect(found).toEqual(expected);
    expect(read.value.files.map((file) => file.name)).toEqual(Object.keys(model.secrets ?? {}));
    expect(read.value.notes.filter(({ effect }) => effect === "refused")).toEqual([]);
  });

  test.each(Object.entries(REFUSED))("%s is refused for %s", (name, codes) => {
    const read = readRepository(textsOf(name), { answer: anyFile });
    if (read.ok || read.reason !== "compose-refused") throw new Error("it is not refused");
    const refused = read.notes.filter(({ effect }) => effect === "refused");
    expect([...new Set(refused.map(({ code }) => code))].toSorted()).toEqual(codes);
    for (const note of refused) expect(note.line).toBeGreaterThan(1);
  });
});
