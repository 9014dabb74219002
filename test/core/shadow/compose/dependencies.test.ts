import { describe, expect, test } from "vitest";
import { projectIn, refusedIn } from "./repository.ts";

const serviceIn = (text: string, name: string) =>
  projectIn({ "compose.yaml": text }).services.find((one) => one.name === name);

describe("what a service waits for", () => {
  test("is read from a list, from a map and from links", () => {
    const text = `services:
  web: {image: x, depends_on: {db: {condition: service_healthy}, seed: {condition: service_completed_successfully, required: false}}, links: ["cache:store", db]}
  api: {image: x, depends_on: [db]}
  db: {image: x}
  seed: {image: x}
  cache: {image: x}
`;
    expect(serviceIn(text, "web")?.dependsOn).toEqual([
      { service: "db", condition: "healthy", required: true },
      { service: "seed", condition: "completed", required: false },
      { service: "cache", condition: "started", required: true },
    ]);
    expect(serviceIn(text, "api")?.dependsOn).toEqual([{ service: "db", condition: "started", required: true }]);
    expect(serviceIn(text, "cache")?.aliases).toEqual(["store"]);
  });

  test.each([
    ["itself", "{a: {image: x, depends_on: [a]}}", "dependency-cycle"],
    [
      "a ring",
      "{a: {image: x, depends_on: [b]}, b: {image: x, links: [c]}, c: {image: x, depends_on: [a]}}",
      "dependency-cycle",
    ],
    ["nobody", "{a: {image: x, depends_on: [nobody]}}", "unknown-service"],
    ["a profile that is off", "{a: {image: x, depends_on: [b]}, b: {image: x, profiles: [p]}}", "dependency-left-out"],
  ])("cannot be %s", (_, services, code) => {
    expect(refusedIn({ "compose.yaml": `services: ${services}` })).toEqual([code]);
  });
});

describe("a job", () => {
  test.each([
    ["what others wait for to end", "{image: x}", "{a: {condition: service_completed_successfully}}", "no"],
    [
      "and may be tried again",
      "{image: x, restart: on-failure}",
      "{a: {condition: service_completed_successfully}}",
      "on-failure",
    ],
    ["what says no and has no port", "{image: x, restart: 'no'}", "[]", "no"],
    ["not what says nothing", "{image: x}", "[a]", "always"],
    ["not what says no and answers", "{image: x, restart: 'no', ports: ['80']}", "[]", "always"],
    ["what is deployed as one", "{image: x, deploy: {mode: replicated-job}}", "[]", "no"],
    ["what its policy says", "{image: x, deploy: {restart_policy: {condition: none}}, restart: always}", "[]", "no"],
    ["not what always runs", "{image: x, restart: unless-stopped}", "[]", "always"],
  ])("is %s", (_, service, waits, restart) => {
    expect(serviceIn(`services: {a: ${service}, web: {image: x, depends_on: ${waits}}}`, "a")?.restart).toBe(restart);
  });
});
