/** Webhooks have the form of real ones: wherever every published example has a key, the stand-in's payload has it too, of the same kind. */
import examples from "@octokit/webhooks-examples";
import { expect, test } from "vitest";
import { standIn } from "./hub.ts";

/** What only repositories of organisations have, and what an App was granted. */
const NOT_EVERYWHERE = /\.custom_properties$|\.installation\.permissions\./;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

async function everyEvent(): Promise<readonly { readonly event: string; readonly payload: Json }[]> {
  const github = await standIn();
  const shop = github.repository("acme/shop");
  const pull = shop.openPull({ labels: ["design"] });
  pull.push({ "a.txt": "a" });
  pull.label("shadow-keep");
  pull.unlabel("shadow-keep");
  pull.draft(true);
  pull.draft(false);
  shop.push({ files: { "b.txt": "b" }, branch: "next" });
  pull.edit({ title: "Other", base: "next" });
  const comment = pull.comment("/shadow retry");
  pull.editComment(comment, "/shadow stop");
  pull.deleteComment(comment);
  pull.close();
  pull.reopen();
  shop.deploy(pull.headSha(), { url: "https://a.preview.example" });
  shop.ping("https://provisioner.example.com/webhook");
  shop.install(false);
  shop.install(true);
  return github.deliveries.made.map(({ event, body }) => ({ event, payload: JSON.parse(body) as Json })); // It was made of JSON.
}

/** Examples of this event and action; of other actions where there are none. */
function examplesOf(event: string, payload: Json): readonly Json[] {
  const all: readonly unknown[] = examples.find(({ name }) => name === event)?.examples ?? [];
  const same = (all as readonly Json[]).filter((one) => valueAt(one, "action") === valueAt(payload, "action")); // They are JSON.
  return same.length > 0 ? same : (all as readonly Json[]);
}

function valueAt(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function missing(ours: Json | undefined, real: readonly Json[], path: string): readonly string[] {
  const objects = real.filter(isObject);
  const [one] = objects;
  if (one === undefined || objects.length < real.length || !isObject(ours)) return [];
  const always = Object.keys(one).filter((key) => objects.every((object) => key in object));
  return always.flatMap((key) => {
    const at = `${path}.${key}`;
    if (NOT_EVERYWHERE.test(at)) return [];
    if (!(key in ours)) return [at];
    const values = objects.map((object) => object[key] ?? null);
    return [...otherKind(ours[key] ?? null, values, at), ...missing(ours[key], values, at)];
  });
}

/** A null is as good as anything: what is empty here may be full there. */
function otherKind(ours: Json, real: readonly Json[], at: string): readonly string[] {
  if (ours === null || real.includes(null)) return [];
  return real.some((value) => kindOf(value) === kindOf(ours)) ? [] : [`${at} is ${kindOf(ours)}`];
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? "array" : typeof value;
}

test("every event the stand-in tells has all keys that the real examples have", async () => {
  const told = await everyEvent();
  expect(new Set(told.map(({ event }) => event))).toEqual(
    new Set(["pull_request", "push", "issue_comment", "deployment_status", "installation_repositories", "ping"]),
  );
  const gaps = told.flatMap(({ event, payload }) => {
    const real = examplesOf(event, payload);
    const name = `${event}.${JSON.stringify(valueAt(payload, "action"))}`;
    return real.length === 0 ? [`${name} has no example`] : missing(payload, real, name);
  });
  expect(gaps).toEqual([]);
});

test("the comparison sees a key that is missing and one of another kind", () => {
  const real: readonly Json[] = [
    { a: 1, b: { c: "x", d: null } },
    { a: 2, b: { c: "y", d: 1 }, e: 1 },
  ];
  expect(missing({ a: 1, b: { c: "z", d: 5 } }, real, "it")).toEqual([]);
  expect(missing({ a: "1", b: { d: 5 } }, real, "it")).toEqual(["it.a is string", "it.b.c"]);
});
