import { expect, test } from "vitest";
import { diagnose, UNSCHEDULABLE_GRACE_MS } from "../../../../infra/provisioner/drivers/kubernetes/diagnosis.ts";
import type { LiveContainer, LivePod } from "../../../../infra/provisioner/drivers/kubernetes/live.ts";

const NOW = Date.UTC(2026, 0, 1);

function pod(container: Partial<LiveContainer>, parts: Partial<LivePod> = {}): LivePod {
  return {
    metadata: { name: "web-1" },
    status: { containerStatuses: [{ name: "web", ready: false, restartCount: 0, ...container }] },
    ...parts,
  };
}

function waiting(reason: string, message = "words of the kubelet", restartCount = 0): Partial<LiveContainer> {
  return { state: { waiting: { reason, message } }, restartCount };
}

test.each([
  ["ErrImagePull", "image-pull"],
  ["ImagePullBackOff", "image-pull"],
  ["InvalidImageName", "image-pull"],
  ["ErrImageNeverPull", "image-pull"],
  ["CreateContainerConfigError", "config-error"],
  ["CreateContainerError", "config-error"],
  ["RunContainerError", "config-error"],
])("a container that waits because of %s is %s, in the kubelet's words", (reason, failure) => {
  expect(diagnose(pod(waiting(reason)), NOW)).toMatchObject({ failure, words: "words of the kubelet" });
});

test.each(["ContainerCreating", "PodInitializing", "SomethingNew"])("waiting for %s is no failure", (reason) => {
  expect(diagnose(pod(waiting(reason)), NOW)).toBeNull();
});

test("an image that would run as root under runAsNonRoot is a matter of Pod Security, with what to do", () => {
  const found = diagnose(
    pod(waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root")),
    NOW,
  );
  expect(found).toMatchObject({ failure: "pod-security", words: expect.stringContaining("`user:`") });
});

test("one crash is none: the first restart may be all it needed", () => {
  const ended = { terminated: { exitCode: 1, reason: "Error" } };
  expect(diagnose(pod({ ...waiting("CrashLoopBackOff", "", 1), lastState: ended }), NOW)).toBeNull();
  expect(diagnose(pod({ state: { running: {} }, restartCount: 2, lastState: ended }), NOW)).toBeNull();
});

test("a crash loop has its exit code and the log of the run that ended", () => {
  const ended = { terminated: { exitCode: 3, reason: "Error" } };
  expect(diagnose(pod({ ...waiting("CrashLoopBackOff", "", 2), lastState: ended }), NOW)).toEqual({
    failure: "crash-loop",
    words: "it ended with exit code 3, 2 restarts",
    container: "web",
    previous: false,
  });
  const running = diagnose(pod({ state: { running: {} }, restartCount: 3, lastState: ended }), NOW);
  expect(running).toMatchObject({ failure: "crash-loop", previous: true });
});

test("a container that crashed before and is ready now is fine", () => {
  expect(diagnose(pod({ ready: true, state: { running: {} }, restartCount: 9 }), NOW)).toBeNull();
});

test("running out of memory is named", () => {
  const ended = { terminated: { exitCode: 137, reason: "OOMKilled" } };
  expect(diagnose(pod({ restartCount: 3, lastState: ended }), NOW)?.words).toMatch(/^out of memory \(OOMKilled\)/);
});

test("a container that the kubelet ends because its startup probe fails is unhealthy, not crashing", () => {
  const spec = { containers: [{ name: "web", startupProbe: {} }] };
  const killed = {
    restartCount: 3,
    state: { running: {} },
    lastState: { terminated: { exitCode: 137, reason: "Error" } },
  };
  expect(diagnose(pod(killed, { spec }), NOW)).toMatchObject({ failure: "unhealthy" });
  expect(diagnose(pod(killed), NOW)).toMatchObject({ failure: "crash-loop" });
});

test("a pod that waits in vain for what it depends on says so", () => {
  const waits = { name: "wait", ready: false, restartCount: 3, state: { terminated: { exitCode: 1 } } };
  expect(diagnose({ metadata: { name: "web-1" }, status: { initContainerStatuses: [waits] } }, NOW)).toMatchObject({
    failure: "dependency-failed",
    words: "what it depends on does not accept connections (it ended with exit code 1, 3 restarts)",
    container: "wait",
  });
});

test("no room on any node becomes a failure only after a while: an autoscaler may add one", () => {
  const full = (ageMs: number): LivePod => ({
    metadata: { name: "web-1" },
    status: {
      conditions: [
        {
          type: "PodScheduled",
          status: "False",
          reason: "Unschedulable",
          message: "0/3 nodes: Insufficient cpu",
          lastTransitionTime: new Date(NOW - ageMs).toISOString(),
        },
      ],
    },
  });
  expect(diagnose(full(UNSCHEDULABLE_GRACE_MS - 1), NOW)).toBeNull();
  expect(diagnose(full(UNSCHEDULABLE_GRACE_MS), NOW)).toMatchObject({
    failure: "unschedulable",
    words: "0/3 nodes: Insufficient cpu",
  });
});

test("a pod that says nothing yet is on its way", () => {
  expect(diagnose({ metadata: { name: "web-1" } }, NOW)).toBeNull();
});
