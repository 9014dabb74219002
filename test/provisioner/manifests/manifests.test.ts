/** The manifests: rights are exactly those the driver uses, pods meet the strictest Pod Security, and each overlay is whole. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LABELS, MANAGED_BY, MANAGER } from "../../../core/shadow/kubernetes/labels.ts";
import {
  NAMESPACE,
  POD_LOG,
  type ResourceRow,
  ROLE_BINDING,
  STACK_RESOURCES,
} from "../../../infra/provisioner/drivers/kubernetes/verbs.ts";
import { STACK_ROLE } from "../../../infra/provisioner/drivers.ts";
import { readOperatorFile } from "../../../infra/provisioner/settings/file.ts";
import { SECRET_PREFIX, VARIABLES } from "../../../infra/provisioner/settings/variables.ts";
import {
  builtOverlay,
  FOLDER,
  hasKubectl,
  type Manifest,
  OVERLAYS,
  plainObjects,
  type Rule,
  rightsOf,
} from "./objects.ts";

const objects = plainObjects();

function find(kind: string, name: string, among = objects): Manifest {
  const found = among.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

/** The file's form is what is tested. */
const rulesOf = (kind: string, name: string) => find(kind, name)["rules"] as readonly Rule[];

function rowsOf(where: string, rules: readonly Rule[]): readonly string[] {
  return rules.map(({ apiGroups, resources, resourceNames, verbs }) => {
    const group = apiGroups[0] === "" ? "" : ` (${apiGroups.join(", ")})`;
    const named = resourceNames === undefined ? "" : ` named ${resourceNames.join(", ")}`;
    return `| ${where} | ${resources.join(", ")}${group}${named} | ${verbs.join(", ")} |`;
  });
}

const used = (rows: readonly ResourceRow[]): readonly string[] =>
  rightsOf(rows.map(({ apiGroup, resource, verbs }) => ({ apiGroups: [apiGroup], resources: [resource], verbs })));

describe("rights", () => {
  const inside = used([...STACK_RESOURCES, POD_LOG]);

  test("inside a stack's namespace are those the driver uses, no more and no less", () => {
    expect(rightsOf(rulesOf("ClusterRole", STACK_ROLE))).toEqual(inside);
  });

  test("in the one namespace all share are the same, under a Role", () => {
    expect(rightsOf(rulesOf("Role", "shadow-infra-provisioner"))).toEqual(inside);
    expect(find("Role", "shadow-infra-provisioner").metadata.namespace).toBe("shadow-stacks");
  });

  test("in the cluster are namespaces, letting itself into them, and nothing else", () => {
    const expected = [...used([NAMESPACE, ROLE_BINDING]), `rbac.authorization.k8s.io/clusterroles/${STACK_ROLE} bind`];
    expect(rightsOf(rulesOf("ClusterRole", "shadow-infra-provisioner"))).toEqual(
      expected.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  test("inside of stacks are bound nowhere by the manifests", () => {
    const bindings = objects.filter(({ kind }) => kind.endsWith("RoleBinding"));
    expect(bindings.map(({ roleRef }) => roleRef)).toEqual([
      expect.objectContaining({ kind: "ClusterRole", name: "shadow-infra-provisioner" }),
      expect.objectContaining({ kind: "Role", name: "shadow-infra-provisioner" }),
    ]);
  });

  test("are those that docs/kubernetes.md shows", () => {
    const page = readFileSync("docs/kubernetes.md", "utf8");
    const [, table] = /<!-- rights -->\n([\s\S]*?)<!-- \/rights -->/.exec(page) ?? [];
    expect(table?.trim()).toBe(
      [
        "| in | resource | verbs |",
        "|---|---|---|",
        ...rowsOf("the cluster", rulesOf("ClusterRole", "shadow-infra-provisioner")),
        ...rowsOf("a stack's namespace", rulesOf("ClusterRole", STACK_ROLE)),
      ].join("\n"),
    );
  });

  test("have no wildcard anywhere", () => {
    const text = JSON.stringify(objects.filter(({ kind }) => kind.endsWith("Role")));
    expect(text).not.toContain('"*"');
  });
});

describe("admission", () => {
  const policies = objects.filter(({ kind }) => kind === "ValidatingAdmissionPolicy");
  const account = find("ServiceAccount", "shadow-infra-provisioner").metadata;

  test("is about the provisioner alone, and refuses where it cannot decide", () => {
    expect(policies).toHaveLength(2);
    for (const { spec, metadata } of policies) {
      expect(spec).toMatchObject({ failurePolicy: "Fail" });
      expect(JSON.stringify(spec)).toContain(`system:serviceaccount:${account.namespace}:${account.name}`);
      expect(find("ValidatingAdmissionPolicyBinding", metadata.name)["spec"]).toEqual({
        policyName: metadata.name,
        validationActions: ["Deny"],
      });
    }
  });

  test("asks for the labels that the driver sets, and for the role it binds", () => {
    const text = JSON.stringify(policies);
    for (const word of [MANAGED_BY, `'${MANAGER}'`, LABELS.stack, `'${STACK_ROLE}'`]) expect(text).toContain(word);
  });
});

describe("pods of ours", () => {
  const deployments = objects.filter(({ kind }) => kind === "Deployment");

  test.each(deployments.map((one) => [one.metadata.name, one] as const))(
    "%s meets Pod Security restricted",
    (_name, one) => {
      expect(one["spec"]).toMatchObject({
        template: {
          spec: {
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
                resources: { requests: expect.anything(), limits: { memory: expect.any(String) } },
                readinessProbe: expect.anything(),
                livenessProbe: expect.anything(),
              },
            ],
          },
        },
      });
    },
  );

  test("the provisioner is one, never two, and has time to end its step", () => {
    expect(find("Deployment", "shadow-infra-provisioner")["spec"]).toMatchObject({
      replicas: 1,
      strategy: { type: "Recreate" },
      template: { spec: { terminationGracePeriodSeconds: 30 } },
    });
  });

  test("are guarded by a network policy each", () => {
    const policies = objects.filter(({ kind }) => kind === "NetworkPolicy").map(({ spec }) => spec);
    expect(policies).toHaveLength(deployments.length);
    for (const { metadata } of deployments)
      expect(policies).toContainEqual(
        expect.objectContaining({
          podSelector: { matchLabels: { "app.kubernetes.io/name": metadata.name } },
          policyTypes: ["Ingress", "Egress"],
        }),
      );
  });
});

test("no object of ours is taken for a stack by the sweep", () => {
  for (const { metadata } of objects) expect(metadata.labels ?? {}).not.toHaveProperty([LABELS.stack]);
});

describe.each(OVERLAYS)("the overlay %s", (overlay) => {
  const text = (file: string): string => readFileSync(join(FOLDER, "overlays", overlay, file), "utf8");

  test("has an operator's file that the provisioner reads", () => {
    expect(readOperatorFile(text("operator.yaml"), "operator.yaml")).toMatchObject({ ok: true });
  });

  test("asks for secrets by the names that the provisioner reads, with no value", () => {
    const names = [...text("secrets.example.env").matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    const known = VARIABLES.filter((variable) => "secret" in variable).map(({ name }) => name);
    expect(names.filter(([, value]) => value !== "")).toEqual([]);
    expect(known.filter((name) => !names.some(([listed]) => listed === name))).toEqual([]);
    expect(text("secrets.example.env")).toContain(`${SECRET_PREFIX}<NAME>`);
  });
});

const kubectl = hasKubectl();
if (!kubectl)
  console.warn("kubectl is not installed: the overlays are not built here, only their files are looked at.");

describe.runIf(kubectl)("kubectl kustomize", () => {
  const built = new Map(OVERLAYS.map((overlay) => [overlay, kubectl ? builtOverlay(overlay) : []]));

  test.each(OVERLAYS)("builds %s: whole, and the gateway's image is the provisioner's", (overlay) => {
    const all = built.get(overlay) ?? [];
    const spec = JSON.stringify(find("Deployment", "shadow-infra-provisioner", all)["spec"]);
    const images = [...spec.matchAll(/registry\.example\.com\/shadow-infra\/provisioner:0\.1\.0/g)];
    expect(images).toHaveLength(2);
    // Every config map and secret that a pod of ours reads is made here, but for the tunnel's credentials.
    const named = [...JSON.stringify(all).matchAll(/"(?:configMapRef|secretRef|configMap)":\{"name":"([^"]+)"/g)];
    expect(named.length).toBeGreaterThanOrEqual(3);
    const made = all
      .filter(({ kind }) => kind === "ConfigMap" || kind === "Secret")
      .map(({ metadata }) => metadata.name);
    for (const [, name] of named) expect(made).toContain(name);
  });

  test("gives nothing of the cluster where all stacks share a namespace", () => {
    const kinds = built.get("single-namespace")?.map(({ kind }) => kind) ?? [];
    expect(kinds).toContain("Role");
    expect(kinds.filter((kind) => /^Cluster|^Validating/.test(kind))).toEqual([]);
    expect(JSON.stringify(built.get("single-namespace"))).toContain('"SHADOW_NAMESPACE":"shadow-stacks"');
  });

  test.each(OVERLAYS)("makes every namespace that %s puts something in", (overlay) => {
    const all = built.get(overlay) ?? [];
    const namespaces = new Set(all.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name));
    const lost = all.filter(({ metadata }) => metadata.namespace !== undefined && !namespaces.has(metadata.namespace));
    expect(lost).toEqual([]);
  });
});
