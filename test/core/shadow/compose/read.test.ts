/** The reading as a whole: it always ends, never throws, and whatever is dangerous is refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { ComposeNote } from "../../../../core/shadow/compose/note.ts";
import { readCompose } from "../../../../core/shadow/compose/read.ts";
import { hostileCompose } from "../../../fixtures/compose/hostile.ts";
import { COMPOSE_SCHEMA, notesIn, projectIn, readRepository, refusedIn, type Texts } from "./repository.ts";

const KEYS = [
  "services",
  "web",
  "image",
  "build",
  "ports",
  "volumes",
  "environment",
  "extends",
  "<<",
  "deploy",
  "x-shadow",
];

describe("a hostile compose file", () => {
  test("is refused for one of its dangers, and no project comes of it", () => {
    fc.assert(
      fc.property(hostileCompose(), ({ text, danger }) => {
        const codes = codesOf({ "compose.yaml": text });
        if (codes === null) expect(danger).toEqual([]);
        else expect(danger.length === 0 || codes.some((code) => danger.includes(code))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("of any characters is read or refused", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), pieces()), (text) => {
        expect(codesOf({ "compose.yaml": text, ".env": text })).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("of any values in any place is read or refused", () => {
    const key = fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 5 }));
    const values = [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)];
    const value = fc.object({ key, maxDepth: 4, maxKeys: 5, values });
    fc.assert(
      fc.property(value, value, (web, rest) => {
        const text = stringify({ ...rest, services: { web: { image: "nginx", ...web } } });
        expect(codesOf({ "compose.yaml": text })).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ["a billion laughs", laughs(12), "yaml"],
    ["brackets without end", `services: ${"[".repeat(100_000)}`, "yaml"],
    ["250 KB of commas", `services: {web: {environment: [${"a,".repeat(120_000)}b]}}`, "yaml"],
    ["20,000 keys", Array.from({ length: 19_000 }, (_, n) => `k${n}: {`).join("\n"), "yaml"],
    [
      "variables inside variables",
      `services: {web: {image: "${"${A:-".repeat(10_000)}${"}".repeat(10_000)}"}}`,
      "yaml",
    ],
    ["values that grow", growing(), "too-long"],
    ["every port there is", "services: {web: {image: x, ports: ['1-65535']}}", "too-many-ports"],
    ["a thousand services", many(), "too-many-services"],
    ["a service of its own anchor", "services: &a\n  web: *a\n", "yaml"],
  ])("%s is refused within a second", (_, text, code) => {
    const before = performance.now();
    expect(refusedIn({ "compose.yaml": text })).toContain(code);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

/** Codes of what is refused, never none; null where the file is read. */
function codesOf(texts: Texts): readonly string[] | null {
  const read = readRepository(texts);
  if (read.ok) return null;
  return read.reason === "compose-refused" ? refusedOf(read.notes) : [];
}

function refusedOf(notes: readonly ComposeNote[]): readonly string[] {
  return notes.filter(({ effect }) => effect === "refused").map(({ code }) => code);
}

/** Bits of compose files in any order. */
function pieces(): fc.Arbitrary<string> {
  const bits = [
    "services:",
    "\n",
    "  ",
    "web:",
    "image: x",
    "{",
    "}",
    "[",
    "]",
    "- ",
    "&a ",
    "*a",
    "<<: ",
    "!reset ",
    "${A:-",
    "$",
    '"',
    "'",
    "|",
    ">",
    "#",
    "%",
    "?",
    "---",
    "\t",
    "x-a: ",
  ];
  return fc.array(fc.constantFrom(...bits), { maxLength: 60 }).map((some) => some.join(""));
}

function laughs(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, n) =>
      `x-${n}: &l${n} [${Array(10)
        .fill(n === 0 ? "ha" : `*l${n - 1}`)
        .join(", ")}]`,
  );
  return `${lines.join("\n")}\nservices: {web: {image: x, command: *l${levels - 1}}}\n`;
}

function growing(): string {
  return `services:\n  web:\n    image: x\n    environment:\n      A: "${"${B:-xxxxxxxxxxxxxxxxxxxx}${B:-yyyyyyyyyyyyyyyyyyyy}".repeat(2_000)}"\n`;
}

function many(): string {
  return `services:\n${Array.from({ length: 1_000 }, (_, n) => `  s${n}: {image: x}`).join("\n")}\n`;
}

describe("files that are wanted", () => {
  test("are asked for once there is a way to them, .env first", () => {
    const files = new Map();
    const source = { path: "app/compose.yaml", files, profiles: [], variables: {}, schema: COMPOSE_SCHEMA };
    expect(readCompose(source)).toEqual({ ok: false, reason: "files-wanted", paths: ["app/.env"] });
    files.set("app/.env", null);
    expect(readCompose(source)).toEqual({ ok: false, reason: "files-wanted", paths: ["app/compose.yaml"] });
    const text = "services: {web: {image: x, env_file: [a.env, ../b.env], extends: {file: base/c.yaml, service: b}}}";
    files.set("app/compose.yaml", { kind: "file", text });
    expect(readCompose(source)).toEqual({ ok: false, reason: "files-wanted", paths: ["app/base/c.yaml"] });
    files.set("app/base/c.yaml", { kind: "file", text: "services: {b: {image: y}}" });
    expect(readCompose(source)).toEqual({ ok: false, reason: "files-wanted", paths: ["app/a.env", "b.env"] });
  });

  test("are not asked for where the file is refused anyway", () => {
    const files = new Map([
      [".env", null],
      [
        "compose.yaml",
        { kind: "file" as const, text: "services: {web: {image: x, privileged: true, env_file: a.env}}" },
      ],
    ]);
    const read = readCompose({ path: "compose.yaml", files, profiles: [], variables: {}, schema: COMPOSE_SCHEMA });
    expect(read).toMatchObject({ ok: false, reason: "compose-refused" });
  });

  test("that the repository does not have are refused by name", () => {
    expect(refusedIn({})).toEqual(["missing-file"]);
    expect(notesIn({ "compose.yaml": "services: {web: {image: x, env_file: a.env}}" })).toMatchObject([
      { code: "missing-file", line: 1, key: "services.web.env_file[0]", effect: "refused" },
    ]);
  });
});

describe("a mistake", () => {
  test.each([
    ["services: {web: {image: x, prots: ['80']}}", "unknown-key", 'Did you mean "ports"?'],
    ["services: {web: {image: x, healthcheck: {intervall: 1s}}}", "unknown-key", 'Did you mean "interval"?'],
    ["services: {web: {image: x, volumes: [{type: volume, taget: /x}]}}", "unknown-key", 'Did you mean "target"?'],
    ["servces: {web: {image: x}}", "unknown-key", 'Did you mean "services"?'],
    ["services: {web: {image: x, x-shadow: {skipp: true}}}", "unknown-key", 'Did you mean "skip"?'],
    ["services: {web: {image: x}}\nx-shadow: {servce: web}", "unknown-key", 'Did you mean "service"?'],
    ["services: {web: {image: x, ports: yes}}", "form", "It has to be a list."],
    ["services: {web: {image: x, command: {a: b}}}", "form", "It has to be empty, or a text, or a list."],
    ["services: [a]", "form", "It has to be a map of keys."],
    ["services: {web: {image: x}, web: {image: y}}", "yaml", "stands here twice"],
    ["services: {'a b': {image: x}}", "name", "is no name here"],
    ["just a text", "form", "begins with keys"],
    ["", "no-services", "No service"],
    ["services: {web: {}}", "no-image", "neither image nor build"],
  ])("%s is %s", (text, code, words) => {
    const note = notesIn({ "compose.yaml": text }).find(({ effect }) => effect === "refused");
    expect(note).toMatchObject({ code, file: "compose.yaml" });
    expect(note?.message).toContain(words);
  });

  test("is told with file, line, column and key", () => {
    const text = "services:\n  web:\n    image: x\n    deploy:\n      privileged: true\n      replicas: 11\n";
    expect(notesIn({ "compose.yaml": text })).toMatchObject([
      { file: "compose.yaml", line: 5, column: 7, key: "services.web.deploy.privileged", code: "unknown-key" },
      { file: "compose.yaml", line: 6, column: 7, key: "services.web.deploy.replicas", code: "too-many-replicas" },
    ]);
  });

  test("in an unused secret, config or volume is told as well", () => {
    const text = "services: {web: {image: x}}\nsecrets: {s: {fiel: a}}\nvolumes: {v: {external: true}}\n";
    expect(refusedIn({ "compose.yaml": text })).toEqual(["unknown-key"]);
  });
});

describe("what is read", () => {
  test("keeps the file's order, and says where each service begins", () => {
    const { services } = projectIn({ "compose.yaml": "services:\n  z:\n    image: x\n  a:\n    image: y\n" });
    expect(services.map(({ name, line }) => [name, line])).toEqual([
      ["z", 2],
      ["a", 4],
    ]);
  });

  test("has the service that x-shadow names, if it runs", () => {
    const file = "services: {web: {image: x}, db: {image: y, profiles: [p]}}\nx-shadow: {service: ";
    expect(projectIn({ "compose.yaml": `${file}web}` }).answers).toBe("web");
    expect(refusedIn({ "compose.yaml": `${file}db}` })).toEqual(["x-shadow"]);
    expect(projectIn({ "compose.yaml": "services: {web: {image: x}}" }).answers).toBeNull();
  });

  test("is limited as a whole", () => {
    const files = Object.fromEntries(["a", "b"].map((name) => [`${name}.txt`, name.repeat(600_000)]));
    const mounts = "services: {web: {image: x, volumes: ['./a.txt:/a:ro', './b.txt:/b:ro']}}";
    expect(refusedIn({ "compose.yaml": mounts, ...files })).toEqual(["too-long"]);
  });

  test("takes the project's name as a variable", () => {
    const text = "name: shop\nservices: {web: {image: 'x:${COMPOSE_PROJECT_NAME}'}}";
    expect(projectIn({ "compose.yaml": text }).services[0]?.image).toBe("x:shop");
  });
});
