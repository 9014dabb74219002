/** The conversation with GitHub over real sockets: what is taken, what is refused and why, and that nobody can hold it up. */
import { connect } from "node:net";
import examples from "@octokit/webhooks-examples" with { type: "json" };
import { describe, expect, test } from "vitest";
import { pause, waitFor } from "../../servers/wait-for.ts";
import { deliver, listing, OLD_SECRET, signatureOf, startStand } from "../service-stand.ts";

const opened = { action: "opened", repository: { id: 1 }, pull_request: { number: 12 } };

/** GitHub's own limit is 10 s; ours to answer in is 2. */
const ANSWER_LIMIT_MS = 2_000;

describe("a signed delivery", () => {
  test("is taken and wakes the loop", async () => {
    const { service, woken } = await startStand();
    const answer = await deliver(service.origin, opened);
    expect(answer).toMatchObject({ status: 202, body: { accepted: [{ kind: "pull", repoId: 1, pr: 12 }] } });
    await waitFor(async () => woken[0], "the wake-up");
    expect(woken).toEqual([{ kind: "pull", repoId: 1, pr: 12 }]);
  });

  test("may be signed with the secret that is being rotated out", async () => {
    const { service } = await startStand();
    expect(await deliver(service.origin, opened, { secret: OLD_SECRET })).toMatchObject({ status: 202 });
  });

  test("that comes twice wakes once; one that the report Worker knows from before a restart wakes no more", async () => {
    const { service, woken, recorded } = await startStand();
    const id = "11111111-0000-4000-8000-000000000000";
    expect(await deliver(service.origin, opened, { id })).toMatchObject({ body: { accepted: [{}] } });
    expect(await deliver(service.origin, opened, { id })).toMatchObject({
      status: 202,
      body: { ignored: expect.any(String) },
    });
    await waitFor(async () => woken[0], "the wake-up");
    expect(recorded).toEqual([id]);

    const again = await startStand({ recordDelivery: async () => "known" });
    expect(await deliver(again.service.origin, opened, { id })).toMatchObject({ status: 202 });
    await pause(50);
    expect(again.woken).toEqual([]);
  });

  test("wakes all the same while the report Worker is down, and the log says so", async () => {
    const { service, woken, lines } = await startStand({ recordDelivery: () => Promise.reject(new Error("no route")) });
    expect(await deliver(service.origin, opened)).toMatchObject({ status: 202 });
    await waitFor(async () => woken[0], "the wake-up");
    expect(lines.join("")).toContain("could not be recorded");
  });

  test("is answered within 2 s and wakes while the report Worker hangs", async () => {
    const { service, woken } = await startStand({ recordDelivery: () => new Promise(() => undefined) });
    for (let n = 0; n < 5; n += 1) {
      const { status, tookMs } = await deliver(service.origin, opened);
      expect(status).toBe(202);
      expect(tookMs).toBeLessThan(ANSWER_LIMIT_MS);
    }
    await waitFor(async () => (woken.length === 5 ? true : undefined), "the wake-ups");
  });
});

describe("a delivery that is refused", () => {
  const refusals = [
    [
      "without a signature",
      { headers: { "x-hub-signature-256": null } },
      401,
      "signature-missing",
      /GITHUB_WEBHOOK_SECRET/,
    ],
    ["signed with another secret", { secret: "something else" }, 401, "signature-wrong", /GITHUB_WEBHOOK_SECRET/],
    [
      "signed with SHA-1 alone",
      { headers: { "x-hub-signature-256": null, "x-hub-signature": "sha1=00" } },
      401,
      "signature-missing",
      /256/,
    ],
    [
      "sent as a form",
      { headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
      "not-json",
      /forms.*application\/json/,
    ],
    ["sent as text", { headers: { "content-type": "text/plain" } }, 415, "not-json", /application\/json/],
    ["without its id", { headers: { "x-github-delivery": null } }, 400, "header-missing", /X-GitHub-Delivery/],
    ["without its event", { headers: { "x-github-event": null } }, 400, "header-missing", /X-GitHub-Event/],
  ] as const;
  test.each(refusals)("%s: %#", async (...row) => {
    const [, options, status, code, words] = row;
    const { service, woken } = await startStand();
    const answer = await deliver(service.origin, opened, options);
    expect(answer).toMatchObject({ status, type: "application/problem+json", body: { code, status } });
    expect(answer.body["detail"]).toMatch(words);
    expect(woken).toEqual([]);
  });

  test.each(["[]", "null", "7", "{", '"text"'])("is signed and holds no object: %s", async (body) => {
    const { service } = await startStand();
    expect(await deliver(service.origin, body)).toMatchObject({ status: 400, body: { code: "not-an-object" } });
  });

  test("300 times tampered with, in body or signature, is never taken", async () => {
    const { service, woken } = await startStand();
    const text = JSON.stringify(opened);
    const taken: unknown[] = [];
    for (let n = 0; n < 300; n += 1) {
      const at = (n * 7) % text.length;
      const body = `${text.slice(0, at)}${text[at] === "x" ? "y" : "x"}${text.slice(at + 1)}`;
      const answer = await deliver(service.origin, body, { headers: { "x-hub-signature-256": signatureOf(text) } });
      if (answer.status !== 401) taken.push(answer);
    }
    expect(taken).toEqual([]);
    expect(woken).toEqual([]);
  });
});

/** Everything a raw connection gets back until it is closed. */
function rawly(port: number, write: (send: (text: string) => boolean) => Promise<void>): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => void write((text) => socket.destroyed || socket.write(text)));
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(received));
  });
}

const HEAD = "POST /webhook HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: push\r\n";

describe("a body nobody waits for", () => {
  test("that announces more than the cap is refused before its first byte", async () => {
    const { port } = await startStand();
    const startedAt = Date.now();
    const answer = await rawly(port, async (send) => void send(`${HEAD}content-length: 26000000\r\n\r\n`));
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*body-too-large/);
    expect(Date.now() - startedAt).toBeLessThan(ANSWER_LIMIT_MS);
  });

  test("that grows without a length is cut at the cap, and memory does not grow with it", async () => {
    const { port } = await startStand();
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const before = process.memoryUsage().rss;
    let sent = 0;
    const answer = await rawly(port, async (send) => {
      send(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
      for (; sent < 1_600; sent += 1) {
        if (!send(chunk)) await pause(1);
      }
    });
    expect(answer).toContain("HTTP/1.1 413");
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
  });

  test("that trickles holds up nobody else and is cut off", async () => {
    const { port, service } = await startStand({ bodyLimitMs: 600 });
    const startedAt = Date.now();
    const slow = Array.from({ length: 10 }, () =>
      rawly(port, async (send) => {
        send(`${HEAD}content-length: 1000\r\n\r\n`);
        for (let n = 0; n < 100 && Date.now() - startedAt < 8_000; n += 1) {
          send("x");
          await pause(100);
        }
      }),
    );
    expect((await deliver(service.origin, opened)).tookMs).toBeLessThan(ANSWER_LIMIT_MS);
    await Promise.all(slow);
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });
});

describe("every example GitHub publishes", () => {
  const all = examples.flatMap(({ name, examples: payloads }) => payloads.map((payload) => ({ name, payload })));
  const ids = all.flatMap(({ payload }) =>
    "repository" in payload && payload.repository ? [payload.repository.id] : [],
  );

  test("is answered with 202, and each either wakes or says why not", async () => {
    const { service, woken, recorded } = await startStand({ settings: { repositories: listing(ids) } });
    const meanings = new Map<string, number>();
    for (const { name, payload } of all) {
      const { status, body } = await deliver(service.origin, payload, { event: name });
      expect(status, name).toBe(202);
      const action = "action" in payload ? `.${payload.action}` : "";
      const said = "accepted" in body ? `${name}${action}` : "ignored";
      expect("accepted" in body || typeof body["ignored"] === "string").toBe(true);
      meanings.set(said, (meanings.get(said) ?? 0) + 1);
    }
    expect(all.length).toBeGreaterThan(300);
    expect([...meanings.keys()]).toEqual(
      expect.arrayContaining(["pull_request.opened", "pull_request.closed", "pull_request.synchronize", "ignored"]),
    );
    await waitFor(async () => (recorded.length === all.length ? true : undefined), "the audit");
    expect(woken.length).toBeGreaterThan(20);
  });
});
