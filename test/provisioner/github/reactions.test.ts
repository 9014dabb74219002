/** Our answers to commands, at the comments themselves. */
import { expect, test } from "vitest";
import { first, standIn, tokenClient, unavailability } from "./client.ts";

test("a comment is answered once, however often, and one that is gone not at all", async () => {
  const github = await standIn();
  const shop = github.repository("acme/shop");
  const pull = shop.openPull({});
  const id = pull.comment("/shadow stop");
  const gitHub = tokenClient(github, { ids: [shop.id] });
  const repository = first(await gitHub.repositories());
  await gitHub.react(repository, id, "+1");
  await gitHub.react(repository, id, "+1");
  expect(shop.comments(pull.number)).toMatchObject([{ id, reactions: ["+1"] }]);
  await gitHub.react(repository, id, "confused");
  expect(shop.comments(pull.number)).toMatchObject([{ id, reactions: ["+1", "confused"] }]);
  pull.deleteComment(id);
  await gitHub.react(repository, id, "+1");
});

test("what GitHub does not allow names the permission that is missing", async () => {
  const github = await standIn({ permissions: { metadata: "read", issues: "read", pull_requests: "read" } });
  const shop = github.repository("acme/shop");
  const id = shop.openPull({}).comment("/shadow stop");
  const gitHub = tokenClient(github, { ids: [shop.id] });
  const repository = first(await gitHub.repositories());
  expect((await unavailability(gitHub.react(repository, id, "+1"))).message).toContain("issues: write");
});
