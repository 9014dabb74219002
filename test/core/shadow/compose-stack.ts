/** From a compose file's text to a stack, as the provisioner makes it: images for what is built, the first service with a port answers. */
import type { ComposeProject } from "../../../core/shadow/compose/project.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import { LIMITS, SHA, spec } from "./stack/specs.ts";

export function stackOf(project: ComposeProject, podSecurity: "restricted" | "baseline"): StackSpec {
  const entry = project.services.find(({ ports }) => ports.length > 0) ?? project.services[0];
  const images = Object.fromEntries(
    project.services.map(({ name, image, built }) => [
      name,
      built || image === null ? `registry.example.com/acme/app:${SHA}` : image,
    ]),
  );
  const made = spec(project.services, {
    project,
    images,
    entry: { service: entry?.name ?? "", port: entry?.ports[0]?.port ?? 80 },
  });
  return { ...made, limits: { ...LIMITS, podSecurity } };
}
