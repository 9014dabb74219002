/** The image: it holds the packages the provisioner imports, and starts from what the Dockerfile copies and nothing else. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "../../layout/project-tree.ts";

/** The prune script is plain JavaScript; this is what it exports. */
interface Packages {
  readonly IMPORTED: readonly string[];
  readonly neededFolders: () => readonly string[];
}
const { IMPORTED, neededFolders }: Packages = await import(join(ROOT, "infra/kubernetes/packages.mjs"));

const dockerfile = readFileSync(join(ROOT, "infra/kubernetes/Dockerfile"), "utf8");

/** Packages by name that these files, and what they import, need at run time. */
function importedFrom(entries: readonly string[]): ReadonlySet<string> {
  const [packages, seen, open] = [new Set<string>(), new Set<string>(), [...entries]];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const target of loadedBy(readFileSync(file, "utf8"))) {
      if (target.startsWith(".")) open.push(resolve(dirname(file), target));
      else if (!target.startsWith("node:")) packages.add(/^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target);
    }
  }
  return packages;
}

/** What a file names to be loaded when it runs: no types. */
function loadedBy(text: string): readonly string[] {
  const statements = text.matchAll(/^(?:import|export)(?! type)\b[^;"]*?\bfrom "([^"]+)";|\bimport\("([^"]+)"\)/gm);
  return [...statements].flatMap(([, named, called]) => named ?? called ?? []);
}

test("its packages are those the provisioner imports", () => {
  const imported = importedFrom([join(ROOT, "infra/provisioner/main.ts")]);
  // Only its schema is read, so it is named in no import.
  expect([...imported, "dclint"].toSorted()).toEqual(IMPORTED.toSorted());
});

/** Complete, but for a cluster. */
const SETTINGS = {
  GITHUB_WEBHOOK_SECRET: "it is only a test",
  GITHUB_TOKEN: "a token",
  SHADOW_INFRA_REPORT_URL: "https://report.example.com",
  SHADOW_INFRA_SERVICE_TOKEN: "another token",
  SHADOW_INFRA_SUFFIX: "shadow.example.com",
  SHADOW_INFRA_GATEWAY_IMAGE: "image",
  SHADOW_INFRA_OPERATOR_FILE: "operator.yaml",
  HOME: "/nonexistent",
};

test("it starts from what is copied: every import is there", () => {
  const image = mkdtempSync(join(tmpdir(), "image-"));
  onTestFinished(() => rmSync(image, { recursive: true }));
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(?!package-lock|.*package-lock)(.+) \S+$/gm)]
    .flatMap(([, sources = ""]) => sources.split(" "))
    .filter((source) => !source.endsWith("packages.mjs"));
  for (const source of copied) {
    const isProgram = source.startsWith("infra/gateway/");
    cpSync(join(ROOT, source), join(image, isProgram ? source.slice("infra/gateway/".length) : source), {
      recursive: true,
    });
  }
  for (const folder of neededFolders().filter((one) => !one.slice("node_modules/".length).includes("node_modules/"))) {
    mkdirSync(dirname(join(image, folder)), { recursive: true });
    symlinkSync(join(ROOT, folder), join(image, folder));
  }
  writeFileSync(join(image, "operator.yaml"), "repositories: [{ id: 1, name: acme/shop }]\n");
  const started = spawnSync(process.execPath, ["--preserve-symlinks", "infra/provisioner/main.ts"], {
    cwd: image,
    env: SETTINGS,
    encoding: "utf8",
  });
  // All of it was loaded by then, the client of Kubernetes too.
  expect(started.stderr).toContain("Nothing names a cluster");
  expect(started.status).toBe(2);
  expect(globSync("*.mjs", { cwd: image }).toSorted()).toEqual([
    "gateway.mjs",
    "headers.mjs",
    "lookup.mjs",
    "wait.mjs",
  ]);
});

test("it runs as nobody, and what the build sees holds no secret", () => {
  expect(dockerfile).toMatch(/^USER 65532:65532$/m);
  const seen = readFileSync(join(ROOT, "infra/kubernetes/Dockerfile.dockerignore"), "utf8").split("\n");
  expect(seen).toContain("*");
  const allowed = seen.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  for (const path of allowed) expect(existsSync(join(ROOT, path)), path).toBe(true);
  const needed = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = ""]) =>
    sources.split(" "),
  );
  for (const source of needed)
    expect(
      allowed.some((path) => source === path || source.startsWith(`${path}/`)),
      source,
    ).toBe(true);
});
