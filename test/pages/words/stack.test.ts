import { describe, expect, it } from "vitest";
import { notesInOrder, stackLines, waitsFor } from "../../../pages/src/words/stack.ts";
import { DEPLOYMENTS, PENDING_ID } from "../../standins/report-data.ts";
import { FAILED_STACK, READY_STACK, WAITING_STACK } from "../../standins/stack-data.ts";

const found = DEPLOYMENTS.find(({ id }) => id === PENDING_ID);
if (found === undefined) throw new Error("no pending sample deployment");
const pending = found;

describe("a stack in words", () => {
  it("says plainly when its pods are less shut in than they could be", () => {
    const said = (podSecurity: typeof READY_STACK.podSecurity) =>
      stackLines({ ...READY_STACK, podSecurity }).find(({ name }) => name === "Shut in by")?.words[0];
    expect(said("restricted")).toBe("Pod Security restricted");
    expect(said("baseline")).toMatch(/baseline only, not restricted/);
    expect(said(null)).toBeUndefined();
  });

  it("tells what there is and nothing else", () => {
    expect(stackLines(READY_STACK).map(({ name }) => name)).toEqual([
      "Runs as",
      "Shut in by",
      "Base commit",
      "Ends by itself",
    ]);
    const bare = { ...FAILED_STACK, podSecurity: null, expiresAt: null };
    expect(stackLines(bare).map(({ name }) => name)).toEqual(["Runs as", "Failure"]);
  });

  it("puts what was refused first, and else keeps the file's order", () => {
    expect(notesInOrder(FAILED_STACK.notes).map(({ effect }) => effect)).toEqual(["refused", "adjusted", "dropped"]);
  });
});

describe("what a pending deployment waits for", () => {
  it("is its reason, then each service that is not there", () => {
    expect(waitsFor(pending)).toEqual([
      "CI has not pushed ghcr.io/example/shop:3f9c1ab yet",
      "web: its image is not at the registry",
    ]);
    const starting = {
      ...WAITING_STACK,
      services: [{ name: "db", image: "", state: "starting", reason: null } as const],
    };
    expect(waitsFor({ ...pending, stateReason: null, stack: starting })).toEqual(["db: it is starting"]);
  });

  it("is never nothing", () => {
    const bare = { ...pending, stateReason: null, stack: null };
    expect(waitsFor(bare)).toEqual(["an address: its stack is being set up"]);
    expect(waitsFor({ ...bare, shadowOrigin: "https://a.example.com" })).toEqual(["the word that it is ready"]);
    expect(waitsFor({ ...bare, hosts: [] })).toEqual([expect.stringContaining("hosts in .shadow-infra.yml")]);
  });

  it("is the approval alone of a fork's commit, of which nothing was read", () => {
    const stateReason = "Waits for approval of 3f9c1ab: /shadow approve-fork";
    expect(waitsFor({ ...pending, stateReason, stack: null, hosts: [] })).toEqual([stateReason]);
  });

  it("is for no other state to say", () => {
    expect(waitsFor({ ...pending, state: "ready" })).toEqual([]);
  });
});
