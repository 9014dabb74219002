/** The page behind a report's link to a pull request. */
import { expect, test } from "vitest";
import { call, standIn } from "./hub.ts";

test("a pull request has a page for people, without a token, with its statuses and nothing of it as markup", async () => {
  const github = await standIn();
  const repository = github.repository("acme/shop");
  const pull = repository.openPull({ title: "<b>Cheaper</b> shipping", branch: "cheaper" });
  await call(github, `POST /repos/acme/shop/statuses/${pull.headSha()}`, {
    body: JSON.stringify({ state: "failure", context: "shadow-infra", description: "<script>1</script>" }),
  });
  const answer = await fetch(`${github.origin}/acme/shop/pull/${pull.number}`);
  const page = await answer.text();
  expect(answer.headers.get("content-type")).toContain("text/html");
  expect(page).toContain(`#${pull.number}, open`);
  expect(page).toContain("&lt;b&gt;Cheaper&lt;/b&gt; shipping");
  expect(page).toContain("<strong>failure</strong> shadow-infra: &lt;script&gt;1&lt;/script&gt;");
  expect(page).not.toContain("<script>1");
});

test("what is no pull request has no page", async () => {
  const github = await standIn();
  github.repository("acme/shop");
  for (const path of ["/acme/shop/pull/99", "/acme/other/pull/1", "/acme/shop/pull/x"])
    expect((await fetch(`${github.origin}${path}`)).headers.get("content-type"), path).toContain("application/json");
});
