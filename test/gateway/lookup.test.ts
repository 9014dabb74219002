import { expect, test } from "vitest";

type Done = (error: NodeJS.ErrnoException | null, address?: string) => void;
type Lookup = (name: string, options: object, done: Done) => void;

/** The gateway is plain JavaScript; this is what the file exports. */
interface LookupProgram {
  readonly patient: (lookup: Lookup, limits: { readonly limitMs?: number; readonly pauseMs?: number }) => Lookup;
}

const { patient } = (await import(new URL("../../infra/gateway/lookup.mjs", import.meta.url).href)) as LookupProgram;

/** A name service that stumbles so often before it answers. */
function stumbling(times: number) {
  const asked: string[] = [];
  const lookup: Lookup = (name, _options, done) => {
    asked.push(name);
    if (asked.length <= times) done(Object.assign(new Error("try again"), { code: "EAI_AGAIN" }));
    else done(null, "192.0.2.7");
  };
  return { asked, lookup };
}

function found(lookup: Lookup, limits: Parameters<typeof patient>[1]): Promise<string | undefined> {
  return new Promise((resolve) => {
    patient(lookup, limits)("web", {}, (error, address) => resolve(error === null ? address : error.code));
  });
}

test("a name that is away for a moment is found all the same", async () => {
  const { asked, lookup } = stumbling(3);
  expect(await found(lookup, { limitMs: 5_000, pauseMs: 1 })).toBe("192.0.2.7");
  expect(asked).toEqual(["web", "web", "web", "web"]);
});

test("one that stays away is told with the reason of the last try", async () => {
  const { asked, lookup } = stumbling(Number.POSITIVE_INFINITY);
  expect(await found(lookup, { limitMs: 20, pauseMs: 1 })).toBe("EAI_AGAIN");
  expect(asked.length).toBeGreaterThan(1);
});

test("one that is there is asked for once", async () => {
  const { asked, lookup } = stumbling(0);
  expect(await found(lookup, {})).toBe("192.0.2.7");
  expect(asked).toEqual(["web"]);
});
