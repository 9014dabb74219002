/**
 * The part of the configuration that a deployment is registered with: what is mirrored, what is replaced, how answers are compared.
 * How much is mirrored (`sampling.rate`, `max_rps`) and whose identity is sent are for whoever registers it to say.
 */
import type { CompareSettings } from "../compare/settings.ts";
import type { DeploymentPutBody } from "../wire/api/deployments.ts";
import { globbed } from "./compare-settings.ts";
import type { ProjectConfig } from "./schema.ts";

export type ConfiguredRegistration = Pick<
  DeploymentPutBody,
  "methods" | "sticky" | "mirror" | "routes" | "redact" | "compare"
>;

/** `settings` are those of `compareSettingsOf`: with what the OpenAPI file says. */
export function registrationOf(config: ProjectConfig, settings: CompareSettings): ConfiguredRegistration {
  const { sampling, mirror, redact } = config;
  return {
    methods: sampling.methods,
    sticky: sampling.sticky ?? null,
    mirror,
    routes: config.routes.flatMap(({ match, mirror: mirrored }) =>
      mirrored === undefined ? [] : [{ match: globbed(match), mirror: mirrored }],
    ),
    redact: { names: redact.names, patterns: redact.patterns, shapeOnly: redact.shape_only, phones: redact.phones },
    compare: {
      routes: settings.routes.map((route) => ({ ...route, ignore: [...route.ignore] })),
      templates: [...settings.templates],
      contract: settings.contract,
    },
  };
}
