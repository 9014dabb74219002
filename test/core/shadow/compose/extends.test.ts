import { describe, expect, test } from "vitest";
import { notesIn, projectIn, refusedIn, type Texts } from "./repository.ts";

function webOf(texts: Texts) {
  const web = projectIn(texts).services.find(({ name }) => name === "web");
  if (web === undefined) throw new Error("no service web");
  return web;
}

const BASE = `services:
  base:
    image: base:1
    command: [serve]
    env_file: base.env
    environment: {A: base, B: base}
    ports: ["80:80"]
    volumes: ["./conf:/etc/conf:ro", "data:/data"]
    healthcheck: {test: [CMD, up], interval: 5s}
  middle:
    extends: base
    environment: [B=middle]
    ports: ["81"]
volumes: {data: {}}
`;

describe("a service that extends another one", () => {
  const texts = {
    "compose.yaml": `services:
  web:
    extends: {file: common/base.yaml, service: middle}
    image: web:1
    environment: {C: web}
    volumes: ["other:/data"]
    healthcheck: {retries: 9}
volumes: {data: {}, other: {}}
`,
    "common/base.yaml": BASE,
    "common/base.env": "A=file\nD=file\n",
    "common/conf/x.conf": "x",
  };

  test("takes over what it does not say itself, and paths start from the other file", () => {
    const web = webOf(texts);
    expect(web).toMatchObject({
      image: "web:1",
      command: ["serve"],
      environment: { A: "base", B: "middle", C: "web", D: "file" },
      ports: [{ port: 80 }, { port: 81 }],
      healthcheck: { test: { kind: "exec", command: ["up"] }, intervalMs: 5_000, retries: 9 },
    });
    expect(web.mounts).toMatchObject([
      { kind: "files", target: "/etc/conf", files: [{ path: "x.conf", content: "x" }] },
      { kind: "volume", target: "/data", volume: "other" },
    ]);
  });

  test("tells a mistake where it is written", () => {
    const spoiled = { ...texts, "common/base.yaml": BASE.replace("command: [serve]", "privileged: true") };
    expect(notesIn(spoiled)).toContainEqual(
      expect.objectContaining({
        file: "common/base.yaml",
        line: 4,
        key: "services.web.privileged",
        code: "privileged",
      }),
    );
  });

  test("can take values away and replace them", () => {
    const file = `services:
  base: {image: a, command: x, environment: {A: a, B: b}, ports: ["80", "81"], labels: {l: m}}
  web:
    extends: base
    command: !reset null
    environment: {A: !reset null}
    ports: !override ["90"]
    labels: !reset {}
`;
    const project = projectIn({ "compose.yaml": file });
    expect(project.services[1]).toMatchObject({ command: null, environment: { B: "b" }, ports: [{ port: 90 }] });
    expect(project.notes.filter(({ key }) => key.startsWith("services.web"))).toEqual([]);
  });

  test.each([
    ["of itself", "services: {web: {image: x, extends: web}}", "extends-cycle"],
    ["in a ring", "services: {web: {image: x, extends: b}, b: {image: x, extends: web}}", "extends-cycle"],
    ["that is not there", "services: {web: {image: x, extends: nobody}}", "unknown-service"],
    ["of a file that is not there", "services: {web: {extends: {file: no.yaml, service: x}}}", "missing-file"],
    ["outside the repository", "services: {web: {extends: {file: ../x.yaml, service: x}}}", "path-outside"],
    ["from the web", "services: {web: {extends: {file: 'https://x.example/c.yaml', service: x}}}", "remote-file"],
    ["without a name", "services: {web: {image: x, extends: {file: base.yaml}}}", "form"],
  ])("%s is refused", (_, text, code) => expect(refusedIn({ "compose.yaml": text })).toEqual([code]));

  test("does so over many services without end in sight, and is stopped", () => {
    const chain = Array.from({ length: 60 }, (_, n) => `  s${n}: {image: x${n === 59 ? "" : `, extends: s${n + 1}`}}`);
    expect(refusedIn({ "compose.yaml": `services:\n${chain.join("\n")}\n` })).toContain("extends-cycle");
  });
});

describe("anchors and merge keys", () => {
  test("are followed, and what is written wins over what is merged", () => {
    const file = `x-env: &env {A: "1", B: "1"}
x-more: &more {B: "2", C: "2"}
services:
  web: &web
    image: x
    environment:
      <<: [*env, *more]
      C: "3"
  worker:
    <<: *web
    command: [work]
`;
    const [web, worker] = projectIn({ "compose.yaml": file }).services;
    expect(web?.environment).toEqual({ A: "1", B: "1", C: "3" });
    expect(worker).toMatchObject({ environment: { A: "1", B: "1", C: "3" }, command: ["work"], image: "x" });
  });

  test("are said where they lead nowhere", () => {
    expect(refusedIn({ "compose.yaml": "services: {web: {<<: *nothing}}" })).toEqual(["yaml"]);
    expect(refusedIn({ "compose.yaml": "services: {web: {image: x, <<: text}}" })).toEqual(["yaml"]);
  });
});
