/** Approvals of commits, and of GitHub's reviews against a server that speaks its REST. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { approvalsOfCommits, approvalsOnGitHub } from "../../../cli/governance/approvals.ts";
import { inARow } from "../../core/governance/given.ts";
import { freePort } from "../../servers/free-port.ts";

test("trailers of commits give addresses, names with @, and nobody's own", () => {
  const found = approvalsOfCommits(
    inARow({
      message:
        "Change\n\nApproved-by: Owner <owner@example.com>\nReviewed-by: @someone\nApproved-by: A Person <person@example.com>\nNot-Approved-by: x@example.com\n",
    }),
  );
  expect(found).toEqual(expect.arrayContaining(["owner@example.com", "@someone"]));
  expect(found.join()).not.toContain("person@example.com");
  expect(found.join()).not.toContain("x@example.com");
});

type Reviews = readonly { readonly state: string; readonly user: { readonly login: string } | null }[];
let server: Server;
let origin = "";
let reviews: Reviews = [];
let teams: Readonly<Record<string, readonly string[]>> = {};

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", origin);
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.headers.authorization !== "Bearer a-token") return send(401, {});
    if (url.pathname === "/repos/o/r/pulls/7/reviews") {
      const page = Number(url.searchParams.get("page"));
      return send(200, reviews.slice((page - 1) * 100, page * 100));
    }
    const team = /^\/orgs\/o\/teams\/([^/]+)(?:\/memberships\/(.+))?$/.exec(url.pathname);
    const members = team === null ? undefined : teams[team[1] ?? ""];
    if (members === undefined) return send(404, {});
    return send(team?.[2] === undefined || members.includes(team[2]) ? 200 : 404, {
      state: team?.[2]?.startsWith("invited") === true ? "pending" : "active",
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const env = () => ({
  GITHUB_TOKEN: "a-token",
  GITHUB_REPOSITORY: "o/r",
  GITHUB_API_URL: origin,
  GITHUB_REF: "refs/pull/7/merge",
});
const by = (login: string, state: string) => ({ state, user: { login } });

describe("reviews", () => {
  test("count by each reviewer's last word", async () => {
    reviews = [
      by("ann", "APPROVED"),
      by("ann", "COMMENTED"),
      by("bob", "APPROVED"),
      by("bob", "CHANGES_REQUESTED"),
      by("cy", "APPROVED"),
      by("cy", "DISMISSED"),
      { state: "APPROVED", user: null },
    ];
    expect(await approvalsOnGitHub([], env())).toEqual(["@ann"]);
  });

  test("beyond the first page are read", async () => {
    reviews = [...Array.from({ length: 100 }, () => by("x", "COMMENTED")), by("late", "APPROVED")];
    expect(await approvalsOnGitHub([], env())).toEqual(["@late"]);
  });

  test("speak for the teams that the reviewer is in", async () => {
    reviews = [by("ann", "APPROVED"), by("invited", "APPROVED")];
    teams = { core: ["ann"], docs: ["bob", "invited"] };
    expect(await approvalsOnGitHub(["@o/core", "@o/docs", "@ann", "x@example.com"], env())).toEqual([
      "@ann",
      "@invited",
      "@o/core",
    ]);
  });

  test("are unknown where a team cannot be read", async () => {
    expect(await approvalsOnGitHub(["@o/secret"], env())).toMatchObject({
      unknown: expect.stringContaining("@o/secret"),
    });
  });

  test("are unknown without a token, with a wrong one, outside of a pull request, and without an answer", async () => {
    const { GITHUB_TOKEN: _token, ...without } = env();
    expect(await approvalsOnGitHub([], without)).toMatchObject({ unknown: "GITHUB_TOKEN is not set" });
    expect(await approvalsOnGitHub([], { ...env(), GITHUB_TOKEN: "other" })).toMatchObject({
      unknown: expect.stringContaining("401"),
    });
    expect(await approvalsOnGitHub([], { ...env(), GITHUB_REF: "refs/heads/main" })).toMatchObject({
      unknown: "this is no run for a pull request",
    });
    expect(await approvalsOnGitHub([], { ...env(), GITHUB_API_URL: "http://127.0.0.1:1" })).toMatchObject({
      unknown: expect.any(String),
    });
  });

  test("of the pull request that the event names", async () => {
    const folder = mkdtempSync(join(tmpdir(), "event-"));
    const path = join(folder, "event.json");
    writeFileSync(path, JSON.stringify({ pull_request: { number: 7 } }));
    reviews = [by("ann", "APPROVED")];
    expect(await approvalsOnGitHub([], { ...env(), GITHUB_REF: "refs/heads/x", GITHUB_EVENT_PATH: path })).toEqual([
      "@ann",
    ]);
    rmSync(folder, { recursive: true });
  });
});
