/** The launcher as provisioner: a new deployment for each start, a lease that is renewed, a closing that never hangs. */
import { afterEach, expect, test, vi } from "vitest";
import { LEASE_RENEWAL_MS } from "../../core/wire/sync.ts";
import { provision } from "../../infra/local/provision.ts";
import { recordingScreen } from "./recording-screen.ts";
import { type ScriptedApi, scriptedApi } from "./scripted-api.ts";

const NEW = {
  repository: { id: 7, fullName: "local/things" },
  pull: { number: 3, title: "Things", url: null, branch: "things" },
  shadowOrigin: "http://127.0.0.1:1",
  rate: 0.5,
  controlShare: 1,
};
let opened: ScriptedApi | undefined;

async function provisioned(...[answer]: Parameters<typeof scriptedApi>) {
  const api = await scriptedApi(answer);
  opened = api;
  const screen = recordingScreen();
  return { scripted: api, provisioned: await provision(api.api, NEW, screen), screen };
}

afterEach(async () => {
  vi.useRealTimers();
  await opened?.close();
});

test("registers the shadow for this machine's own names and takes the lease before anything is sent", async () => {
  const { scripted, provisioned: one } = await provisioned(() => ({}));
  expect(one.id).toMatch(/^7-3-[0-9a-f]{12}$/);
  const at = `/api/deployments/${one.id}`;
  expect(scripted.lines()).toEqual([`PUT ${at}`, `POST ${at}/state`, `POST ${at}/lease`]);
  expect(scripted.calls[0]?.body).toMatchObject({
    ...NEW,
    hosts: ["localhost", "127.0.0.1"],
  });
  expect(scripted.calls[0]?.body).toMatchObject({ headSha: expect.stringContaining(one.id.slice(4)) });
  await one.close();
});

test("two starts are two deployments", async () => {
  const { scripted, provisioned: one } = await provisioned(() => ({}));
  const other = await provision(scripted.api, NEW, recordingScreen());
  expect(other.id).not.toBe(one.id);
  await Promise.all([one.close(), other.close()]);
});

test("the lease is renewed until the deployment is closed; a renewal that fails is said and tried again", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const refused = { status: 400, body: "not now" };
  const { scripted, provisioned: one, screen } = await provisioned((_, before) => (before === 3 ? refused : {}));
  const leases = () => scripted.lines().filter((line) => line.endsWith("/lease")).length;
  vi.advanceTimersByTime(LEASE_RENEWAL_MS);
  await vi.waitFor(() => expect(screen.said.join()).toContain("The lease could not be renewed"));
  vi.advanceTimersByTime(LEASE_RENEWAL_MS);
  await vi.waitFor(() => expect(leases()).toBe(3));
  await one.close();
  vi.advanceTimersByTime(10 * LEASE_RENEWAL_MS);
  expect(scripted.lines().at(-1)).toBe(`DELETE /api/deployments/${one.id}`);
  expect(leases()).toBe(3);
});

test.each([
  ["hangs", null],
  ["refuses", { status: 500 }],
])("closing ends although the API %s", async (_, answer) => {
  const { provisioned: one } = await provisioned(({ line }) => (line.startsWith("DELETE") ? answer : {}));
  const began = Date.now();
  await one.close();
  expect(Date.now() - began).toBeLessThan(5_000);
});
