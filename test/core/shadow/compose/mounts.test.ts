import { describe, expect, test } from "vitest";
import { notesOnWeb, projectIn, refusedIn, type Texts } from "./repository.ts";

const REPOSITORY = {
  "conf/a.conf": "a",
  "conf/sub/b.conf": "b",
  "app/src/main.js": "code",
  "logo.png": "\u0000PNG",
  "big.txt": "x".repeat(900_001),
};

function mountsIn(keys: string, texts: Texts = REPOSITORY) {
  const [web] = projectIn(fileOf(keys, texts)).services;
  return web?.mounts;
}

function fileOf(keys: string, texts: Texts = REPOSITORY): Texts {
  return { "compose.yaml": `services:\n  web: {${keys}}\nvolumes: {data: {}, deps: }\n`, ...texts };
}

describe("a mount", () => {
  test.each([
    ["'data:/d'", { kind: "volume", volume: "data", subpath: null, target: "/d", readOnly: false }],
    ["'data:/d/../e/:ro,z'", { kind: "volume", volume: "data", subpath: null, target: "/e", readOnly: true }],
    ["'/anonymous'", { kind: "anonymous", target: "/anonymous", readOnly: false }],
    [
      "{type: volume, source: data, target: /d, volume: {subpath: a/b}}",
      { kind: "volume", volume: "data", subpath: "a/b", target: "/d", readOnly: false },
    ],
    ["{type: volume, target: /d, read_only: true}", { kind: "anonymous", target: "/d", readOnly: true }],
    [
      "{type: tmpfs, target: /t, tmpfs: {size: 64m}}",
      { kind: "tmpfs", target: "/t", readOnly: false, sizeBytes: 67_108_864 },
    ],
    [
      "'./conf/a.conf:/etc/a.conf:ro'",
      { kind: "files", target: "/etc/a.conf", readOnly: true, files: [{ path: "", content: "a" }] },
    ],
    [
      "{type: bind, source: ./conf, target: /etc/conf}",
      {
        kind: "files",
        target: "/etc/conf",
        readOnly: true,
        files: [
          { path: "a.conf", content: "a" },
          { path: "sub/b.conf", content: "b" },
        ],
      },
    ],
    ["'./uploads:/uploads'", { kind: "anonymous", target: "/uploads", readOnly: false }],
  ])("%s", (volume, mount) => expect(mountsIn(`image: x, volumes: [${volume}]`)).toEqual([mount]));

  test("of tmpfs has a size", () => {
    expect(mountsIn("image: x, tmpfs: [/run, '/tmp:size=1m,mode=1777', '/ro:ro']")).toMatchObject([
      { target: "/run", sizeBytes: null },
      { target: "/tmp", sizeBytes: 1_048_576 },
      { target: "/ro", readOnly: true },
    ]);
    expect(mountsIn("image: x, tmpfs: /dev/shm")).toMatchObject([{ target: "/dev/shm" }]);
  });

  test.each([
    ["'/:/host'", "host-path"],
    ["'~/x:/x'", "host-path"],
    ["'../x:/x'", "host-path"],
    ["'./a/../../x:/x'", "host-path"],
    ["'C:/x:/x'", "host-path"],
    ["{type: npipe, source: x, target: /x}", "host-path"],
    ["{type: bind, source: /proc, target: /p}", "host-path"],
    ["'/run//docker.sock:/x'", "docker-socket"],
    ["'/run/containerd/containerd.sock:/x'", "docker-socket"],
    ["'nobody:/x'", "undefined-volume"],
    ["'data:relative'", "mount-target"],
    ["'data:/proc/sys'", "mount-target"],
    ["'data:/'", "mount-target"],
    ["'./conf:/sys'", "mount-target"],
    ["'data:/a:ro:more'", "volume"],
    ["{type: image, source: x, target: /x}", "image-volume"],
    ["{type: volume, source: data, target: /x, volume: {subpath: ../x}}", "volume"],
    ["{type: tmpfs, target: /t, tmpfs: {size: much}}", "quantity"],
    ["'./logo.png:/logo.png'", "binary-file"],
    ["'./big.txt:/big.txt'", "mount-too-large"],
  ])("%s is refused as %s", (volume, code) => {
    expect(refusedIn(fileOf(`image: x, volumes: [${volume}]`))).toEqual([code]);
  });

  test.each([
    ["external: true", "external-resource"],
    ["external: {name: x}", "external-resource"],
    ["driver_opts: {type: none, o: bind, device: /}", "host-path"],
    ["driver_opts: {type: nfs, device: ':/x'}", "host-path"],
  ])("of a volume with %s is refused", (volume, code) => {
    const text = `services: {web: {image: x, volumes: ['vol:/v']}}\nvolumes: {vol: {${volume}}}\n`;
    expect(refusedIn({ "compose.yaml": text })).toContain(code);
  });

  test("of a folder with too many files is refused", () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`many/${n}.txt`, "x"]));
    expect(refusedIn(fileOf("image: x, volumes: ['./many:/m']", many))).toEqual(["mount-too-large"]);
  });

  test("of the host's time zone is left out", () => {
    expect(notesOnWeb("volumes: ['/etc/localtime:/etc/localtime:ro']")).toMatchObject([
      { code: "host-timezone", effect: "dropped" },
    ]);
  });
});

describe("over an image of our own", () => {
  test.each([
    ["build: ., volumes: ['.:/app', '/app/node_modules', 'deps:/app/node_modules']", []],
    ["build: ./app, volumes: ['./app/src:/src']", []],
    ["build: {context: app}, volumes: ['.:/repository']", []],
    ["build: ., volumes: ['data:/data']", ["volume"]],
    ["build: ., volumes: ['./conf:/etc/conf']", ["files"]],
    ["build: ., volumes: ['./conf/a.conf:/a.conf']", ["files"]],
    ["build: ./app, volumes: ['./conf:/conf-files']", ["files"]],
    ["build: ., volumes: ['./logo.png:/logo.png', './big.txt:/big.txt']", []],
    ["image: x, volumes: ['./app:/app']", ["files"]],
  ])("%s leaves %j", (keys, kinds) => {
    expect(mountsIn(keys)?.map(({ kind }) => kind)).toEqual(kinds);
    const { notes } = projectIn(fileOf(keys));
    expect(notes.length + kinds.length).toBeGreaterThan(0);
  });
});

describe("secrets and configs", () => {
  const file = (use: string, top: string): Texts => ({
    "compose.yaml": `services: {web: {image: x, ${use}}}\n${top}\n`,
    ".env": "V=value\n",
    "s.txt": "secret",
    "logo.png": "\u0000",
  });

  test.each([
    ["secrets: [s]", "secrets: {s: {file: ./s.txt}}", { target: "/run/secrets/s", mode: null }, "secret"],
    [
      "secrets: [{source: s, target: t, mode: 0440}]",
      "secrets: {s: {environment: V}}",
      { target: "/run/secrets/t", mode: 0o440 },
      "value",
    ],
    [
      "secrets: [{source: s, target: /etc/t, mode: '0400'}]",
      "secrets: {s: {environment: V}}",
      { target: "/etc/t", mode: 0o400 },
      "value",
    ],
    ["configs: [s]", "configs: {s: {content: 'in $V'}}", { target: "/s", mode: null }, "in value"],
    [
      "configs: [{source: s, target: /etc/c}]",
      "configs: {s: {file: s.txt}}",
      { target: "/etc/c", mode: null },
      "secret",
    ],
  ])("%s of %s", (use, top, mount, content) => {
    const project = projectIn(file(use, top));
    expect(project.services[0]?.mounts).toMatchObject([{ kind: "project-file", file: "s", readOnly: true, ...mount }]);
    expect(project.files).toMatchObject([{ name: "s", content }]);
  });

  test.each([
    ["secrets: [s]", "", "undefined-secret"],
    ["configs: [s]", "", "undefined-config"],
    ["secrets: [s]", "secrets: {s: {external: true}}", "external-resource"],
    ["secrets: [s]", "secrets: {s: {file: /etc/passwd}}", "path-outside"],
    ["secrets: [s]", "secrets: {s: {file: none.txt}}", "missing-file"],
    ["secrets: [s]", "secrets: {s: {file: logo.png}}", "binary-file"],
    ["secrets: [s]", "secrets: {s: {environment: NONE}}", "variable-required"],
    ["secrets: [s]", "secrets: {s: {name: x}}", "form"],
    ["secrets: [{source: s, mode: 7777}]", "secrets: {s: {environment: V}}", "quantity"],
  ])("%s of %j is refused as %s", (use, top, code) => expect(refusedIn(file(use, top))).toEqual([code]));
});
