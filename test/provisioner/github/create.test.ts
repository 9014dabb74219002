/** The client as a whole: as an App and by a token, with and without the permissions it needs. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { appClient, client, first, standIn, tokenClient, unavailability } from "./client.ts";

describe("repositories", () => {
  test("an App serves the repositories it is installed on and the operator lists, of every account", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const blog = github.repository("umbrella/blog");
    const unlisted = github.repository("acme/unlisted");
    const elsewhere = github.repository("acme/not-installed", { installed: false });
    const served = await appClient(github, { ids: [shop.id, blog.id, elsewhere.id] }).repositories();
    expect(served.map(({ id, fullName }) => [id, fullName])).toEqual([
      [shop.id, "acme/shop"],
      [blog.id, "umbrella/blog"],
    ]);
    expect(new Set(served.map(({ installationId }) => installationId)).size).toBe(2);
    expect(served.some(({ id }) => id === unlisted.id)).toBe(false);
  });

  test("a token serves the listed repositories by their id, whatever they are called, and says which it cannot see", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    shop.rename("acme/store");
    const said: string[] = [];
    const served = await tokenClient(github, { ids: [shop.id, 77], said }).repositories();
    expect(served).toEqual([{ id: shop.id, fullName: "acme/store", installationId: null, defaultBranch: "main" }]);
    expect(said.join()).toContain("77");
  });

  test("more than a page of repositories are all served", async () => {
    const github = await standIn();
    const ids = Array.from({ length: 130 }, (_, index) => github.repository(`acme/r${index}`).id);
    expect(await appClient(github, { ids }).repositories()).toHaveLength(130);
  });
});

describe("GitHub Enterprise", () => {
  test.each(["app", "token"] as const)("is called below its own base URL, by %s", async (kind) => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const pull = shop.openPull({ title: "Colours" });
    const settings =
      kind === "app"
        ? { kind, apiUrl: `${github.enterpriseUrl}/`, ...github.app() }
        : { kind, apiUrl: github.enterpriseUrl, token: github.token };
    const gitHub = client(settings, { ids: [shop.id] });
    const repository = first(await gitHub.repositories());
    expect((await gitHub.pull(repository, pull.number))?.title).toBe("Colours");
  });
});

describe("credentials", () => {
  test("every call says who we are and carries no secret in what is logged or thrown", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const said: string[] = [];
    const gitHub = client(
      { kind: "token", apiUrl: github.origin, token: "not-the-token-0001" },
      { ids: [shop.id], said },
    );
    const error = await unavailability(gitHub.repositories());
    expect(error.message).toContain("GitHub does not accept the token");
    expect(`${error.stack ?? ""} ${said.join()}`).not.toContain("not-the-token-0001");
    expect(github.calls.every(({ userAgent }) => userAgent?.startsWith("shadow-infra ") === true)).toBe(true);
  });

  test("an App's key of another App is refused in words", async () => {
    const github = await standIn();
    github.repository("acme/shop");
    const { appId } = github.app();
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const gitHub = client({ kind: "app", apiUrl: github.origin, appId, privateKey }, { ids: [1] });
    const { message } = await unavailability(gitHub.repositories());
    expect(message).toContain("GitHub does not accept the App's key");
  });

  test("a token of an installation that ended early is replaced, and nobody notices", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const pull = shop.openPull({});
    const gitHub = appClient(github, { ids: [shop.id] });
    const repository = first(await gitHub.repositories());
    github.revokeTokens();
    // Octokit takes a refusal within 5 s of a token's making for a delay at GitHub, and waits for it.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
    try {
      expect((await gitHub.pull(repository, pull.number))?.number).toBe(pull.number);
    } finally {
      vi.useRealTimers();
    }
    expect(github.calls.some(({ status }) => status === 401)).toBe(true);
  });
});
