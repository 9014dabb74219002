/** What an operator says of a machine with a container engine. */

export interface DockerOptions {
  readonly gatewayImage: string;
  /** Headers of the edge's service credentials, which the gateway takes off. */
  readonly stripHeaders: readonly string[];
  /**
   * An engine cannot limit which addresses containers reach. `closed`: none at all, and a stack with `egress` is refused. `open`: a
   * stack with `egress` reaches everything that the machine reaches, its own network included.
   */
  readonly egress: "closed" | "open";
}

/** A compose model as plain JSON, which is YAML too. */
export interface DockerModel {
  readonly project: DockerProject;
  /** Name of the service that is the way in: port 8080 on a free port of 127.0.0.1. */
  readonly gateway: string;
}

export type DockerJson =
  | string
  | number
  | boolean
  | null
  | readonly DockerJson[]
  | { readonly [name: string]: DockerJson };
export type DockerPart = Readonly<Record<string, DockerJson>>;

export interface DockerProject {
  readonly [name: string]: DockerJson;
  readonly name: string;
  readonly services: Readonly<Record<string, DockerPart>>;
  readonly networks: Readonly<Record<string, DockerPart>>;
  readonly volumes: Readonly<Record<string, DockerPart>>;
  readonly configs: Readonly<Record<string, DockerPart>>;
}
