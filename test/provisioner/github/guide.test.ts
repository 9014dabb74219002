/** The guide, the manifest and the code ask for the same permissions and events. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import manifest from "../../../infra/provisioner/github/app-manifest.json" with { type: "json" };
import { HANDLED_EVENTS } from "../../../infra/provisioner/webhooks/events.ts";

const guide = readFileSync(new URL("../../../docs/github.md", import.meta.url), "utf8");

/** Sent to every App. */
const NOT_SUBSCRIBED = new Set(["installation", "installation_repositories"]);

test("the address that registers an App fills in what the manifest says", () => {
  const address = /https:\/\/github\.com\/settings\/apps\/new\?\S+/.exec(guide)?.[0] ?? "";
  const { searchParams: query } = new URL(address);
  const { name, url, public: isPublic, hook_attributes: hook, default_permissions: permissions } = manifest;
  expect(query.getAll("events[]")).toEqual(manifest.default_events);
  query.delete("events[]");
  expect(Object.fromEntries(query)).toEqual({
    name,
    url,
    public: String(isPublic),
    webhook_active: String(hook.active),
    webhook_url: hook.url,
    ...permissions,
  });
});

test("the table of permissions lists those of the manifest", () => {
  const rows = [...guide.matchAll(/^\| `(\w+)` \| (read|write) \|/gm)].map(([, name, level]) => [name, level]);
  expect(Object.fromEntries(rows)).toEqual(manifest.default_permissions);
});

test("every event that can wake the loop is subscribed to", () => {
  const wanted = HANDLED_EVENTS.filter((event) => !NOT_SUBSCRIBED.has(event));
  expect(manifest.default_events.toSorted()).toEqual(wanted.toSorted());
});
