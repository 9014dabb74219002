/** Numeric addresses, and those that stay closed. */
import { isIP } from "node:net";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isAddress, isClosed } from "../../../../core/shadow/stack/address.ts";

it.each([
  "127.0.0.1",
  "127.9.9.9",
  "0.0.0.0",
  "169.254.169.254",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "fe80::1",
  "ff02::1",
  "::ffff:a00:1",
  "fd00:ec2::254",
  "not an address",
])("%s is never opened", (address) => expect(isClosed(address)).toBe(true));

it.each(["10.0.0.1", "192.0.2.1", "169.253.1.1", "223.255.255.255", "2001:db8::1"])("%s may be", (address) =>
  expect(isClosed(address)).toBe(false),
);

it("what is taken for an address is one for everybody", () => {
  const odd = fc.constantFrom("01.2.3.4", "1.2.3", "0x7f.1.1.1", "1::2::3", "1:2:3:4:5:6:7:8:9", ":::", "");
  const text = fc.oneof(
    odd,
    fc.ipV4(),
    fc.ipV6(),
    fc.string({ unit: fc.constantFrom("1", "a", ":", ".", "0"), maxLength: 20 }),
  );
  fc.assert(
    fc.property(text, (one) => {
      expect(!isAddress(one) || isIP(one) > 0).toBe(true);
    }),
  );
});
