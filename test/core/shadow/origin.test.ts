import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OriginRules, readShadowOrigin } from "../../../core/shadow/origin.ts";

const OURS: OriginRules = { allowed: "shadow.example.com, previews.acme.dev", local: false };
const LOCAL: OriginRules = { allowed: "http://192.168.1.5:3000", local: true };

function outcome(text: string, rules = OURS): string {
  const read = readShadowOrigin(text, rules);
  return read.ok ? `passes as ${read.value}` : read.reason;
}

describe("a shadow's address passes", () => {
  test.each([
    ["https://pr-12-0a1b.shadow.example.com", "https://pr-12-0a1b.shadow.example.com"],
    ["https://pr-12-0a1b.shadow.example.com/", "https://pr-12-0a1b.shadow.example.com"],
    ["https://a.b.shadow.example.com", "https://a.b.shadow.example.com"],
    ["https://pr-7.previews.acme.dev", "https://pr-7.previews.acme.dev"],
  ])("under a suffix the operator lists: %s", (text, origin) => {
    expect(outcome(text)).toBe(`passes as ${origin}`);
  });

  test.each(["Shadow.Example.com", ".shadow.example.com", "*.shadow.example.com", " shadow.example.com "])(
    "however the operator writes the suffix: %s",
    (allowed) => {
      expect(outcome("https://pr-1.shadow.example.com", { allowed, local: false })).toMatch(/^passes/);
    },
  );

  test.each(["http://localhost:3001", "http://127.0.0.1:3001/", "https://[::1]:8443", "http://localhost"])(
    "on this machine, in local mode only: %s",
    (text) => {
      expect(outcome(text, LOCAL)).toBe(`passes as ${text.replace(/\/$/, "")}`);
      expect(outcome(text)).not.toMatch(/^passes/);
    },
  );

  test("when the operator of a local start lists it whole, and nowhere else", () => {
    expect(outcome("http://192.168.1.5:3000/", LOCAL)).toMatch(/^passes/);
    expect(outcome("http://192.168.1.5:3001", LOCAL)).not.toMatch(/^passes/);
    expect(outcome("http://192.168.1.5:3000", { ...LOCAL, local: false })).not.toMatch(/^passes/);
  });
});

const ATTACKS: readonly (readonly [why: string, addresses: readonly string[]])[] = [
  [
    "another scheme",
    [
      "http://pr-1.shadow.example.com",
      "ftp://pr-1.shadow.example.com",
      "file:///etc/passwd",
      "gopher://pr-1.shadow.example.com",
      "data:text/html,hi",
      "javascript:alert(1)//pr-1.shadow.example.com",
      "HTTPS://pr-1.shadow.example.com",
      "https:pr-1.shadow.example.com",
      "https:/pr-1.shadow.example.com",
      "https:///pr-1.shadow.example.com",
      "//pr-1.shadow.example.com",
      "pr-1.shadow.example.com",
      "https:\\\\pr-1.shadow.example.com",
      "",
    ],
  ],
  [
    "an address in numbers, in any spelling",
    [
      "https://127.0.0.1",
      "https://10.0.0.1",
      "https://169.254.169.254",
      "https://2130706433",
      "https://017700000001",
      "https://0x7f000001",
      "https://0x7f.0x0.0x0.0x1",
      "https://0177.0.0.1",
      "https://127.1",
      "https://127.0.1",
      "https://0",
      "https://0.0.0.0",
      "https://127.0.0.1.",
      "https://1.2.3.4.5",
      "https://shadow.example.com.0x7f000001",
      "https://shadow.example.com.1",
      "https://[::1]",
      "https://[::]",
      "https://[::ffff:127.0.0.1]",
      "https://[0:0:0:0:0:ffff:7f00:1]",
      "https://[fe80::1%25eth0]",
      "https://[fd00:ec2::254]",
      "https://[::1].shadow.example.com",
      "https://１２７.０.０.１",
      "https://①②⑦.⓪.⓪.①",
      "https://127。0。0。1",
    ],
  ],
  [
    "a user in front",
    [
      "https://user@pr-1.shadow.example.com",
      "https://user:pass@pr-1.shadow.example.com",
      "https://pr-1.shadow.example.com@evil.example.net",
      "https://evil.example.net@pr-1.shadow.example.com",
      "https://evil.example.net%40pr-1.shadow.example.com",
      "https://@pr-1.shadow.example.com",
      "https://:@pr-1.shadow.example.com",
    ],
  ],
  [
    "a port",
    [
      "https://pr-1.shadow.example.com:22",
      "https://pr-1.shadow.example.com:6379",
      "https://pr-1.shadow.example.com:443",
      "https://pr-1.shadow.example.com:",
      "https://pr-1.shadow.example.com:0",
      "https://pr-1.shadow.example.com:99999",
      "https://pr-1.shadow.example.com:80@evil.example.net",
    ],
  ],
  [
    "dots out of place",
    [
      "https://pr-1.shadow.example.com.",
      "https://pr-1.shadow.example.com..",
      "https://.shadow.example.com",
      "https://pr-1..shadow.example.com",
      "https://shadow.example.com",
    ],
  ],
  [
    "a look-alike, or letters of other alphabets",
    [
      "https://xn--pr-1-0fd.shadow.example.com",
      "https://a.xn--80ak6aa92e.shadow.example.com",
      "https://pr-1.shadow.еxample.com",
      "https://pr-1.shadow.xn--xample-2of.com",
      "https://pr-1.shadow。example。com",
      "https://pr-1.shadow．example．com",
      "https://pr-1.ｓhadow.example.com",
      "https://pr-1.shadow.example.ⅽom",
      "https://pr-1.\u00adshadow.example.com",
      "https://pr-1.shadow.example.com\u200b",
      "https://PR-1.SHADOW.EXAMPLE.COM",
    ],
  ],
  [
    "the suffix without its dot, or elsewhere in the name",
    [
      "https://evilshadow.example.com",
      "https://pr-1-shadow.example.com",
      "https://shadow.example.com.evil.net",
      "https://pr-1.shadow.example.com.evil.net",
      "https://pr-1.shadow.example.comm",
      "https://pr-1.shadow.example.co",
      "https://example.com",
      "https://pr-1.example.com",
      "https://localhost",
      "https://metadata.google.internal",
      "https://kubernetes.default.svc.cluster.local",
    ],
  ],
  [
    "more than an origin",
    [
      "https://pr-1.shadow.example.com/admin",
      "https://pr-1.shadow.example.com//",
      "https://pr-1.shadow.example.com/..",
      "https://pr-1.shadow.example.com?x",
      "https://pr-1.shadow.example.com#x",
      "https://evil.example.net#.shadow.example.com",
      "https://evil.example.net/.shadow.example.com",
      "https://evil.example.net?.shadow.example.com",
      "https://evil.example.net\\.shadow.example.com",
      "https://evil.example.net%2f.shadow.example.com",
      "https://evil.example.net%00.shadow.example.com",
      "https://evil.example.net\u0000.shadow.example.com",
      " https://pr-1.shadow.example.com",
      "https://pr-1.shadow.example.com ",
      "https://pr-1.shadow.example.com\n",
      "https://pr-1\r\nhost: evil.shadow.example.com",
      "https://pr-1\t.shadow.example.com",
      "https://-pr.shadow.example.com",
      "https://pr-.shadow.example.com",
      "https://pr_1.shadow.example.com",
      "https://*.shadow.example.com",
      `https://${"a".repeat(64)}.shadow.example.com`,
      `https://${"a.".repeat(200)}shadow.example.com`,
    ],
  ],
];

describe.each(ATTACKS)("a shadow's address with %s is refused", (_, addresses) => {
  test.each(addresses)("%j", (text) => {
    expect(outcome(text)).not.toMatch(/^passes/);
    expect(outcome(text, { ...OURS, local: true })).toBe(
      /^https:\/\/127\.0\.0\.1$|^https:\/\/\[::1\]$|^https:\/\/localhost$/.test(text)
        ? `passes as ${text}`
        : outcome(text),
    );
  });
});

describe("local mode opens this machine's plain names only", () => {
  test.each([
    "http://127.0.0.2",
    "http://127.1:3001",
    "http://2130706433:3001",
    "http://[::ffff:127.0.0.1]:3001",
    "http://localhost.:3001",
    "http://localhost.evil.net",
    "http://user@localhost:3001",
    "http://localhost:3001@evil.net",
    "http://localhost:3001/path",
    "http://0.0.0.0:3001",
    "http://127.0.0.1:99999",
    "",
    "/",
    "http://169.254.169.254",
    "http://10.0.0.7:3001",
    "http://shop.example.net",
  ])("%s", (text) => {
    expect(outcome(text, { allowed: "", local: true })).not.toMatch(/^passes/);
  });
});

describe("an entry of the operator that would let strangers in lets nobody in, and is named", () => {
  test.each([
    ["vercel.app", "https://evil.vercel.app", "suffix-public"],
    ["workers.dev", "https://evil.workers.dev", "suffix-public"],
    ["trycloudflare.com", "https://evil.trycloudflare.com", "suffix-public"],
    ["nip.io", "https://127-0-0-1.nip.io", "suffix-public"],
    ["co.uk", "https://evil.co.uk", "suffix-public"],
    ["*.pages.dev", "https://evil.pages.dev", "suffix-public"],
    ["com", "https://evil.com", "suffix-form"],
    ["*", "https://evil.com", "suffix-form"],
    [".", "https://evil.com", "suffix-form"],
    ["-acme.vercel.app", "https://evil-acme.vercel.app", "suffix-form"],
    ["0.0.1", "https://127.0.0.1", "origin-address"],
    ["cluster.local", "https://redis.cluster.local", "suffix-inside"],
    ["google.internal", "https://metadata.google.internal", "suffix-inside"],
    ["https://evil.com", "https://evil.com", "origin-elsewhere"],
    ["", "https://pr-1.shadow.example.com", "origin-elsewhere"],
    [",,", "https://pr-1.shadow.example.com", "origin-elsewhere"],
  ])("%s", (allowed, text, reason) => {
    expect(outcome(text, { allowed, local: false })).toBe(reason);
  });
});

test("whatever passes is read as the same host by the platform's own URL parser, over https and without a port", () => {
  const part = fc.constantFrom(
    "a",
    "-",
    ".",
    "@",
    ":",
    "/",
    "\\",
    "%2e",
    "%",
    "#",
    "?",
    "xn--",
    "0x7f",
    "127",
    "[",
    "]",
    "。",
    " ",
    "\t",
    "É",
  );
  const host = fc.array(part, { maxLength: 8 }).map((parts) => `https://${parts.join("")}shadow.example.com`);
  fc.assert(
    fc.property(host, (text) => {
      const read = readShadowOrigin(text, OURS);
      if (!read.ok) return;
      const url = new URL(text);
      expect([url.origin, url.username, url.port]).toEqual([read.value, "", ""]);
      expect(url.hostname.endsWith(".shadow.example.com")).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});
