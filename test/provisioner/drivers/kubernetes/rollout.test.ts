import { expect, test } from "vitest";
import type { LiveDeployment } from "../../../../infra/provisioner/drivers/kubernetes/live.ts";
import {
  jobStandingOf,
  REFUSED_GRACE_MS,
  rolloutOf,
} from "../../../../infra/provisioner/drivers/kubernetes/rollout.ts";

function deployment(status: LiveDeployment["status"], replicas = 2): LiveDeployment {
  return { metadata: { name: "web", generation: 3 }, spec: { replicas }, status };
}

const NOW = Date.UTC(2026, 0, 1);
const DONE = { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

test("rolled out: the newest generation, all replicas new and available", () => {
  expect(rolloutOf(deployment(DONE), NOW)).toEqual({ state: "ready" });
});

test.each([
  ["the controller has not seen the newest generation", { ...DONE, observedGeneration: 2 }],
  ["one is not available", { ...DONE, availableReplicas: 1 }],
  ["one is not new", { ...DONE, updatedReplicas: 1 }],
  ["an old one is left beside the new", { ...DONE, replicas: 3 }],
  ["nothing is known yet", {}],
])("not rolled out: %s", (_why, status) => {
  expect(rolloutOf(deployment(status), NOW).state).toBe("starting");
});

test("a deployment without any status is starting", () => {
  expect(rolloutOf({ metadata: { name: "web" } }, NOW).state).toBe("starting");
});

test("pods that nobody may make are a failure in the cluster's words", () => {
  const conditions = [
    {
      type: "ReplicaFailure",
      status: "True",
      reason: "FailedCreate",
      message: 'pods "a" is forbidden: exceeded quota: stack',
    },
  ];
  expect(rolloutOf(deployment({ ...DONE, availableReplicas: 0, conditions }), NOW)).toEqual({
    state: "failed",
    failure: "quota",
    words: 'pods "a" is forbidden: exceeded quota: stack',
  });
});

test("past the deadline of its rollout it is unhealthy, and healthy once it is available after all", () => {
  const conditions = [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }];
  expect(rolloutOf(deployment({ ...DONE, availableReplicas: 1, conditions }), NOW)).toMatchObject({
    failure: "unhealthy",
  });
  expect(rolloutOf(deployment({ ...DONE, conditions }), NOW).state).toBe("ready");
});

test("a job is done, failed or running", () => {
  const job = (type: string) => ({ metadata: { name: "seed" }, status: { conditions: [{ type, status: "True" }] } });
  expect(jobStandingOf(job("Complete"))).toBe("done");
  expect(jobStandingOf(job("Failed"))).toBe("failed");
  expect(jobStandingOf(job("Suspended"))).toBe("running");
  expect(jobStandingOf({ metadata: { name: "seed" } })).toBe("running");
});

test("a refusal that may pass is given time: a quota not counted yet, or a reason nobody knows", () => {
  const refused = (message: string, ageMs: number) =>
    rolloutOf(
      deployment({
        ...DONE,
        availableReplicas: 0,
        conditions: [
          { type: "ReplicaFailure", status: "True", message, lastTransitionTime: new Date(NOW - ageMs).toISOString() },
        ],
      }),
      NOW,
    );
  expect(refused('pods "a" is forbidden: status unknown for quota: stack', 600_000).state).toBe("starting");
  expect(refused("error looking up service account", REFUSED_GRACE_MS - 1).state).toBe("starting");
  expect(refused("error looking up service account", REFUSED_GRACE_MS)).toMatchObject({
    failure: "refused-by-cluster",
  });
});
