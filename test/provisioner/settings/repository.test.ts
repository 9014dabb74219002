import { expect, test } from "vitest";
import { repositorySettings } from "../../../infra/provisioner/settings/repository.ts";

test("a repository that is only listed claims no host, has no secret and runs nothing", () => {
  const { hosts, secrets, process } = repositorySettings({ id: 7, fullName: "acme/web" });
  expect({ hosts, secrets, process }).toEqual({ hosts: [], secrets: {}, process: null });
});

test("what the operator says counts", () => {
  expect(repositorySettings({ id: 7, fullName: "acme/web", hosts: ["shop.example.com"], maxRps: 5 })).toMatchObject({
    hosts: ["shop.example.com"],
    maxRps: 5,
    drafts: false,
  });
});
