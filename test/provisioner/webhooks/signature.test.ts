/** Only what GitHub signed with one of our secrets is believed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifierOf } from "../../../infra/provisioner/webhooks/signature.ts";
import { OLD_SECRET, SECRET, signatureOf } from "../service-stand.ts";

const verify = verifierOf([SECRET, OLD_SECRET]);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const BODY = JSON.stringify({ action: "opened", number: 12, title: "Größe ändern 🚀" });

test("both secrets count while one is rotated, and the text is the body's", async () => {
  for (const secret of [SECRET, OLD_SECRET])
    expect(await verify(bytes(BODY), signatureOf(BODY, secret))).toEqual({ ok: true, text: BODY });
});

test("a byte order mark is part of what was signed", async () => {
  const marked = `\u{FEFF}${BODY}`;
  expect(await verify(bytes(marked), signatureOf(marked))).toEqual({ ok: true, text: marked });
  expect(await verify(bytes(BODY), signatureOf(marked))).toMatchObject({ ok: false });
});

test("bytes that read as the same text are not the same body", async () => {
  const shown = bytes('{"a":"\u{FFFD}"}');
  const other = Uint8Array.from([...bytes('{"a":"'), 0xff, ...bytes('"}')]);
  expect(await verify(shown, signatureOf(shown))).toMatchObject({ ok: true });
  expect(await verify(other, signatureOf(shown))).toMatchObject({ ok: false, fault: "signature-wrong" });
});

test("10,000 tampered signatures and bodies: none is accepted", async () => {
  const [signed, right] = [bytes(BODY), signatureOf(BODY)];
  let accepted = 0;
  const tampered = fc.oneof(
    // A bit of the body turned over.
    fc.tuple(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
      const body = Uint8Array.from(signed, (byte, n) => (n === at ? byte ^ mask : byte));
      return { body, signature: right };
    }),
    // A digit of the signature, its prefix, its length, its case.
    fc
      .tuple(fc.integer({ min: 7, max: right.length - 1 }), fc.constantFrom("0", "5", "9", "a", "f"))
      .map(([at, digit]) => ({
        body: signed,
        signature: `${right.slice(0, at)}${right[at] === digit ? "g" : digit}${right.slice(at + 1)}`,
      })),
    fc
      .constantFrom(
        right.toUpperCase(),
        ` ${right}`,
        `${right} `,
        `${right}0`,
        right.slice(0, -1),
        right.slice(7),
        "sha256=",
        "sha1=00",
      )
      .map((signature) => ({ body: signed, signature })),
    // Signed with another secret, among them parts of ours and the empty one.
    fc.string({ minLength: 1 }).map((secret) => ({ body: signed, signature: signatureOf(BODY, `${secret}${SECRET}`) })),
    // Longer, shorter, empty.
    fc.string({ minLength: 1 }).map((more) => ({ body: bytes(BODY + more), signature: right })),
    fc.nat(signed.length - 1).map((length) => ({ body: signed.slice(0, length), signature: right })),
    fc.string().map((signature) => ({ body: signed, signature })),
  );
  await fc.assert(
    fc.asyncProperty(tampered, async ({ body, signature }) => {
      if ((await verify(body, signature)).ok) accepted += 1;
    }),
    { numRuns: 10_000 },
  );
  expect(accepted).toBe(0);
  expect(await verify(signed, right)).toMatchObject({ ok: true });
});
