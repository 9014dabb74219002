/** Where services listen, as far as anyone says. */
import { expect, it } from "vitest";
import { portsOf } from "../../../../core/shadow/stack/ports.ts";
import { cpuMsSince, cpuNow } from "../../../cpu-time.ts";
import { service, tcp, workload } from "./specs.ts";

const portsIn = (name: string, services: Parameters<typeof workload>[0], env = {}) => {
  const known = portsOf(workload(services, { env, entry: { service: "web", port: 8080 } })).get(name);
  return { all: known?.all.map(({ port }) => port), sure: known?.sure };
};

it("declared ports come first, each once", () => {
  const db = service("db", { ports: [tcp(5433), tcp(5433)], expose: [tcp(9000)] });
  expect(portsIn("db", [db])).toEqual({ all: [5433, 9000], sure: 5433 });
});

it("the port that answers is the entry's, declared or not", () => {
  expect(portsIn("web", [service("web")])).toEqual({ all: [8080], sure: 8080 });
});

it("a port that another service or the stack's own variables mention counts", () => {
  const web = service("web", { environment: { URL: "http://user@api:3000/x" } });
  expect(portsIn("api", [web, service("api")], { OTHER: "api:4000" })).toEqual({ all: [3000, 4000], sure: 3000 });
});

it.each(["api:7", "api:3.20", "my-api:3000", "api:70000", "api:300000"])("%s mentions no port of api", (text) => {
  expect(portsIn("api", [service("web", { command: [text] }), service("api")])).toEqual({ all: [], sure: null });
});

it("a public image's port is known, and not waited for where a command may have moved it", () => {
  expect(portsIn("db", [service("db", { image: "postgres:17" })])).toEqual({ all: [5432], sure: 5432 });
  expect(portsIn("db", [service("db", { image: "postgres:17", command: ["-p", "1"] })])).toEqual({
    all: [5432],
    sure: null,
  });
});

it("long texts cost little", () => {
  const start = cpuNow();
  portsIn("api", [
    service("web", { environment: { A: "a".repeat(60_000), B: "a:".repeat(30_000), C: ".".repeat(60_000) } }),
    service("api"),
  ]);
  expect(cpuMsSince(start)).toBeLessThan(500);
});
