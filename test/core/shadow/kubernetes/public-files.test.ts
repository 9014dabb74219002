/** The public compose files as stacks: each becomes objects that a cluster takes, or is refused for a reason that is named here. */
import { describe, expect, it } from "vitest";
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import { type ClusterOptions, NO_ADDRESSES } from "../../../../core/shadow/kubernetes/options.ts";
import { stackOf } from "../compose-stack.ts";
import { publicProjects } from "../public-compose.ts";
import { PLAIN_CLUSTER } from "./cluster-options.ts";
import { unknownFields } from "./known-fields.ts";
import { faultsOf, objectsIn } from "./objects.ts";

const CLUSTER: ClusterOptions = PLAIN_CLUSTER;

/** What a cluster cannot do for them, where no operator helps. */
const REFUSED: Readonly<Record<string, string>> = {};

const PROJECTS = publicProjects();

describe.each(["restricted", "baseline"] as const)("public compose files, %s", (level) => {
  it.each(PROJECTS)("%s", (name, project) => {
    const result = objectsOf(stackOf(project, level), CLUSTER, NO_ADDRESSES);
    expect(result.ok ? undefined : result.reason).toBe(REFUSED[name]);
    if (!result.ok) return;
    expect(faultsOf(result.value)).toEqual([]);
    expect(objectsIn(result.value).flatMap(unknownFields)).toEqual([]);
  });
});

it("are 31 that can be read", () => expect(PROJECTS).toHaveLength(31));
