/** The stand-in speaks as GitHub does: who gets in, pages, entity tags, errors, names that changed. */
import { createSign } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { LocalGitHub } from "../../../infra/local/github/stand-in.ts";
import { call, standIn } from "./hub.ts";

function jwt(github: LocalGitHub, claims: object, key = github.app().privateKey): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

function asApp(github: LocalGitHub, claims: object): RequestInit {
  return { headers: { authorization: `Bearer ${jwt(github, claims)}` } };
}

const seconds = () => Math.floor(Date.now() / 1000);

describe("an App", () => {
  test("gets in with a token it signed for itself, and nobody else does", async () => {
    const github = await standIn();
    github.repository("acme/shop");
    const { appId } = github.app();
    const good = { iss: appId, iat: seconds() - 30, exp: seconds() + 500 };
    expect((await call(github, "GET /app/installations", asApp(github, good))).status).toBe(200);
    for (const bad of [
      { ...good, iss: "7" },
      { ...good, exp: seconds() - 1 },
      { ...good, exp: seconds() + 3_600 },
      { ...good, iat: seconds() + 600 },
      { iss: appId },
    ])
      expect((await call(github, "GET /app/installations", asApp(github, bad))).status, JSON.stringify(bad)).toBe(401);
    const [head = "", claims = "", signature = ""] = jwt(github, good).split(".");
    const swapped = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    const forged = { headers: { authorization: `Bearer ${head}.${claims}.${swapped}` } };
    expect((await call(github, "GET /app/installations", forged)).status).toBe(401);
    expect((await call(github, "GET /app/installations")).status).toBe(401);
  });

  test("gets tokens of its installations that end after their time", async () => {
    let now = Date.now();
    const github = await standIn({ now: () => now, tokenLifeMs: 60_000 });
    const shop = github.repository("acme/shop");
    github.repository("umbrella/blog");
    const claims = { iss: github.app().appId, iat: seconds(), exp: seconds() + 500 };
    const { body: installations } = await call(github, "GET /app/installations", asApp(github, claims));
    expect(installations).toMatchObject([{ account: { login: "acme" } }, { account: { login: "umbrella" } }]);
    const [{ id }] = installations as [{ id: number }]; // As just seen.
    const made = await call(github, `POST /app/installations/${id}/access_tokens`, asApp(github, claims));
    expect(made).toMatchObject({ status: 201, body: { expires_at: expect.stringMatching(/Z$/) } });
    const { token } = made.body as { token: string }; // As every such answer.
    const mine = { headers: { authorization: `token ${token}` } };
    const repositories = await call(github, "GET /installation/repositories", mine);
    expect(repositories.body).toMatchObject({ total_count: 1, repositories: [{ id: shop.id }] });
    now += 60_001;
    expect(await call(github, "GET /installation/repositories", mine)).toMatchObject({
      status: 401,
      body: { message: "Bad credentials" },
    });
  });
});

describe("answers", () => {
  test("come in pages that lead to one another", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    for (let n = 0; n < 5; n += 1) shop.openPull({});
    const numbers: number[] = [];
    let next: string | undefined = "/repos/acme/shop/pulls?per_page=2";
    for (let page = 1; next !== undefined; page += 1) {
      const answer = await call(github, `GET ${next}`);
      numbers.push(...(answer.body as { number: number }[]).map(({ number }) => number)); // A list of pull requests.
      const link = answer.headers.get("link") ?? "";
      expect(link.includes('rel="prev"')).toBe(page > 1);
      next = /<([^>]+)>; rel="next"/.exec(link)?.[1];
    }
    expect(numbers).toEqual([5, 4, 3, 2, 1]);
  });

  test("that have not changed are not sent again", async () => {
    const github = await standIn();
    github.repository("acme/shop");
    const first = await call(github, "GET /repos/acme/shop/pulls");
    const again = { headers: { "if-none-match": first.headers.get("etag") ?? "" } };
    expect(await call(github, "GET /repos/acme/shop/pulls", again)).toMatchObject({ status: 304, body: null });
  });

  test("are errors in GitHub's form where something is wrong", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    github.repository("stranger/secret", { private: true, installed: false });
    const missing = { status: 404, body: { message: "Not Found", documentation_url: expect.any(String) } };
    expect(await call(github, "GET /repos/acme/shop/pulls/9")).toMatchObject(missing);
    expect(await call(github, "GET /repos/stranger/secret")).toMatchObject(missing);
    expect(await call(github, "GET /repos/acme/shop/nonsense")).toMatchObject(missing);
    expect(await call(github, "GET /repos/acme/shop", { headers: { authorization: "token wrong" } })).toMatchObject({
      status: 401,
    });
    const post = (status: object) =>
      call(github, `POST /repos/acme/shop/statuses/${shop.head()}`, { body: JSON.stringify(status) });
    expect(await post({ state: "pending", description: "x".repeat(140) })).toMatchObject({ status: 201 });
    expect(await post({ state: "pending", description: "x".repeat(141) })).toMatchObject({ status: 422 });
    expect(await post({ state: "done" })).toMatchObject({ status: 422, body: { message: "Validation Failed" } });
  });

  test("are the same below the path of GitHub Enterprise", async () => {
    const github = await standIn();
    const { id } = github.repository("acme/shop");
    expect(await call(github, `GET ${github.enterpriseUrl}/repos/acme/shop`)).toMatchObject({ body: { id } });
  });
});

describe("a repository", () => {
  test("is found by its id, by its name, and sent on from a name it had", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    shop.rename("acme/store");
    expect(await call(github, `GET /repositories/${shop.id}`)).toMatchObject({ body: { full_name: "acme/store" } });
    const moved = await call(github, "GET /repos/acme/shop/pulls?state=all");
    expect([moved.status, moved.headers.get("location")]).toEqual([
      301,
      `${github.origin}/repositories/${shop.id}/pulls?state=all`,
    ]);
    expect((await call(github, `POST /repos/acme/shop/statuses/${shop.head()}`, { body: "{}" })).status).toBe(307);
    const other = github.repository("acme/shop");
    expect(await call(github, "GET /repos/acme/shop")).toMatchObject({ body: { id: other.id } });
  });

  test("has git's own names for its files", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop", { files: { "a/hello.txt": "hello\n", "run.sh": { symlink: "a" } } });
    const { body } = await call(github, `GET /repos/acme/shop/git/trees/${shop.head()}?recursive=1`);
    expect(body).toMatchObject({
      truncated: false,
      tree: [
        { path: "a", mode: "040000", sha: "aaa96ced2d9a1c8e72c56b253a0e2fe78393feb7" },
        { path: "a/hello.txt", mode: "100644", sha: "ce013625030ba8dba906f756967f9e9ca394464a", size: 6 },
        { path: "run.sh", mode: "120000" },
      ],
    });
    expect(await call(github, "GET /repos/acme/shop/contents/a/hello.txt")).toMatchObject({
      body: { type: "file", content: "aGVsbG8K", encoding: "base64" },
    });
  });

  test("shows a fork's commit once a pull request brought it, also of a private fork", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const fork = shop.fork("stranger/shop", { private: true });
    const sha = fork.push({ files: { "a.txt": "a" }, branch: "work" });
    expect((await call(github, `GET /repos/acme/shop/commits/${sha}`)).status).toBe(404);
    expect((await call(github, "GET /repos/stranger/shop")).status).toBe(404);
    shop.openPull({ from: fork, branch: "work" });
    expect((await call(github, `GET /repos/acme/shop/commits/${sha}`)).status).toBe(200);
  });

  test("takes check runs, and says where two commits part", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const pull = shop.openPull({});
    const made = await call(github, "POST /repos/acme/shop/check-runs", {
      body: JSON.stringify({ name: "Shadow Infra", head_sha: pull.headSha(), status: "in_progress" }),
    });
    const { id } = made.body as { id: number }; // As every check run.
    await call(github, `PATCH /repos/acme/shop/check-runs/${id}`, {
      body: JSON.stringify({ conclusion: "success", output: { title: "Safe", summary: "Nothing changed." } }),
    });
    expect(shop.checks(pull.headSha())).toMatchObject([
      { name: "Shadow Infra", status: "completed", conclusion: "success", output: { title: "Safe" } },
    ]);
    expect(await call(github, `GET /repos/acme/shop/compare/main...${pull.headSha()}`)).toMatchObject({
      body: { status: "ahead", ahead_by: 1, behind_by: 0, merge_base_commit: { sha: pull.baseSha() } },
    });
    expect((await call(github, `GET /repos/acme/shop/compare/main...${"0".repeat(40)}`)).status).toBe(404);
  });
});
