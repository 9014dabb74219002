import { describe, expect, test } from "vitest";
import { type Asked, projectIn, refusedIn, type Texts } from "./repository.ts";

const names = (texts: Texts, asked: Asked = {}) => projectIn(texts, asked).services.map(({ name }) => name);

const PROFILES = {
  "compose.yaml": `services:
  web: {image: x}
  debug: {image: x, profiles: [dev], privileged: true}
  mail: {image: x, profiles: [mail, all]}
`,
};

describe("services of profiles", () => {
  test("run where a profile of theirs is active, and are not looked into otherwise", () => {
    expect(names(PROFILES)).toEqual(["web"]);
    expect(names(PROFILES, { profiles: ["mail"] })).toEqual(["web", "mail"]);
    expect(names({ ...PROFILES, ".env": "COMPOSE_PROFILES=x, all\n" })).toEqual(["web", "mail"]);
    expect(refusedIn(PROFILES, { profiles: ["*"] })).toEqual(["privileged"]);
  });

  test("are said to be left out", () => {
    expect(projectIn(PROFILES).notes).toMatchObject([
      { key: "services.debug.profiles", effect: "dropped", code: "profile", line: 3 },
      { key: "services.mail.profiles", effect: "dropped", code: "profile", line: 4 },
    ]);
  });
});

describe("services that x-shadow leaves out", () => {
  const file = (more: string): Texts => ({
    "compose.yaml": `services:\n  web: {image: x, depends_on: ${more}}\n  edge: {image: x, network_mode: host, x-shadow: {skip: true}}\n`,
  });

  test("are left out whatever they ask for", () => {
    expect(names(file("[]"))).toEqual(["web"]);
  });

  test("are refused where another service needs them", () => {
    expect(refusedIn(file("[edge]"))).toEqual(["dependency-left-out"]);
    expect(names(file("{edge: {condition: service_started, required: false}}"))).toEqual(["web"]);
  });

  test("cannot be all of them", () => {
    expect(refusedIn({ "compose.yaml": "services: {web: {image: x, x-shadow: {skip: true}}}" })).toEqual([
      "no-services",
    ]);
  });
});

test("a service of no containers is left out", () => {
  const file = "services: {web: {image: x}, a: {image: x, scale: 0}, b: {image: x, deploy: {replicas: 0}}}";
  expect(names({ "compose.yaml": file })).toEqual(["web"]);
});
