import { expect, test } from "vitest";
import {
  apiServerHost,
  rememberingResolve,
  resolveHost,
} from "../../../../infra/provisioner/drivers/kubernetes/addresses.ts";

test("a name is asked for once in a while, so that a policy does not follow every turn of DNS", async () => {
  let now = 0;
  let asked = 0;
  const resolve = rememberingResolve(
    async () => [`10.0.0.${(asked += 1)}`],
    () => now,
  );
  expect(await resolve("db.staging")).toEqual(["10.0.0.1"]);
  now += 299_000;
  expect(await resolve("db.staging")).toEqual(["10.0.0.1"]);
  now += 1_000;
  expect(await resolve("db.staging")).toEqual(["10.0.0.2"]);
});

test("an address is its own answer", async () => {
  const resolve = rememberingResolve(
    async () => ["9.9.9.9"],
    () => 0,
  );
  expect(await resolve("192.0.2.7")).toEqual(["192.0.2.7"]);
  expect(await resolve("2001:db8::1")).toEqual(["2001:db8::1"]);
});

test("a name that does not resolve has no addresses", async () => {
  expect(await resolveHost("no-such-name.invalid")).toEqual([]);
});

test("the API server's host is read off the kubeconfig, without brackets", () => {
  const hostOf = (server: string) =>
    apiServerHost({ getCurrentCluster: () => ({ name: "a", server, skipTLSVerify: false }) });
  expect(apiServerHost({ getCurrentCluster: () => null })).toBeNull();
  expect(hostOf("https://[2001:db8::1]:6443")).toBe("2001:db8::1");
  expect(hostOf("https://api.cluster.example.com/k8s/1")).toBe("api.cluster.example.com");
  expect(hostOf("nonsense")).toBeNull();
});
