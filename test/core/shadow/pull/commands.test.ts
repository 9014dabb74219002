import { describe, expect, test } from "vitest";
import { commandStanding, readCommand } from "../../../../core/shadow/pull/commands.ts";
import { comments, HEAD } from "./facts.ts";

describe("a comment's first line", () => {
  test.each([
    ["/shadow retry", { kind: "retry" }],
    ["  /Shadow   STOP ", { kind: "stop" }],
    ["/shadow approve-fork", { kind: "approve-fork", sha: null }],
    ["/shadow approve-fork 0123456", { kind: "approve-fork", sha: "0123456" }],
    [`/shadow approve-fork ${HEAD.toUpperCase()}`, { kind: "approve-fork", sha: HEAD }],
  ])("%s is a command", (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  test.each([
    ["a command of the report's", "/shadow approve a1b2c3d4"],
    ["fewer than seven digits", "/shadow approve-fork 012345"],
    ["no commit", "/shadow approve-fork please"],
    ["more digits than a commit has", `/shadow approve-fork ${HEAD}0`],
    ["a remark behind a command", "/shadow stop doing this"],
    ["two commits", `/shadow approve-fork ${HEAD} ${HEAD}`],
    ["a command in a sentence", "please /shadow retry"],
    ["another command's name", "/shadows retry"],
    ["nothing", "/shadow"],
  ])("%s is none", (_, text) => {
    expect(readCommand(text)).toBeNull();
  });
});

describe("retry and stop", () => {
  test("the newest of them decides: stop holds until a retry", () => {
    expect(commandStanding(comments(["/shadow retry", "/shadow stop"])).stopped).toEqual({ by: "maintainer" });
    expect(commandStanding(comments(["/shadow stop", "/shadow retry"])).stopped).toBeNull();
  });

  test("the order in which comments are listed does not matter, their ids do", () => {
    const listed = comments(["/shadow stop", "/shadow retry"]);
    expect(commandStanding(listed.toReversed())).toEqual(commandStanding(listed));
  });

  test("each retry is another attempt, and the last one counts", () => {
    expect(commandStanding(comments(["/shadow retry", "/shadow retry"])).retry).toEqual({ id: 2, at: 3_000 });
  });

  test("people who may not write are not heard", () => {
    expect(commandStanding(comments(["/shadow stop"], { canWrite: false }))).toEqual({ stopped: null, retry: null });
  });

  test("other commands change nothing", () => {
    expect(commandStanding(comments(["/shadow approve-fork", "/shadow mute x"]))).toEqual({
      stopped: null,
      retry: null,
    });
  });
});
