/** Services after what they depend on, and which of them end. */
import { expect, it } from "vitest";
import { inOrder, lastingOf } from "../../../../core/shadow/stack/order.ts";
import { project, service, tcp } from "./specs.ts";

const on = (name: string, condition: "started" | "completed" = "started", required = true) => ({
  service: name,
  condition,
  required,
});

it("a service comes after all it depends on, otherwise the file's order holds", () => {
  const services = [
    service("a", { dependsOn: [on("c")] }),
    service("b"),
    service("c", { dependsOn: [on("d")] }),
    service("d"),
  ];
  const ordered = inOrder(services);
  expect(ordered.ok ? ordered.value.map(({ name }) => name) : ordered.reason).toEqual(["d", "c", "a", "b"]);
});

it("a dependency that is not there matters where it is required", () => {
  expect(inOrder([service("a", { dependsOn: [on("x", "started", false)] })]).ok).toBe(true);
  expect(inOrder([service("a", { dependsOn: [on("x")] })])).toMatchObject({ reason: "dependency-unknown" });
});

it.each([
  ["a service", service("a"), "server"],
  ["what others await the end of", service("job"), "must-end"],
  ["what is not restarted and listens nowhere", service("a", { restart: "no" }), "may-end"],
  ["what is not restarted but listens", service("a", { restart: "no", expose: [tcp(80)] }), "server"],
  ["what answers, whatever it says", service("entry", { restart: "no" }), "server"],
])("%s", (_, one, lasting) => {
  const all = project([one, service("entry", { dependsOn: [on("job", "completed")] })]);
  expect(lastingOf(one, all, "entry")).toBe(lasting);
});
