/** Numeric addresses, and those that stay closed. */
import { isIP } from "node:net";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isAddress, isClosed, isSameAddress } from "../../../../core/shadow/stack/address.ts";

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
  "0:0:0:0:0:0:0:1",
  "::0001",
  "0::ffff:a9fe:a9fe",
  "::a9fe:a9fe",
  "0064:ff9b::a9fe:a9fe",
  "2002:a9fe:a9fe::1",
  "FD00:0EC2:0:0::254",
  "fd20:ce::254",
  "192.0.0.192",
  "100.100.100.200",
  "not an address",
])("%s is never opened", (address) => expect(isClosed(address)).toBe(true));

it.each(["10.0.0.1", "192.0.2.1", "169.253.1.1", "223.255.255.255", "100.100.100.201", "2001:db8::1", "fd00::1"])(
  "%s may be",
  (address) => expect(isClosed(address)).toBe(false),
);

it("an address is the same in every spelling", () => {
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(groups, (numbers) => {
      const full = numbers.map((n) => n.toString(16).padStart(4, "0")).join(":");
      const short = new URL(`http://[${full}]/`).hostname.slice(1, -1);
      expect(isSameAddress(full.toUpperCase(), short)).toBe(true);
      expect(isClosed(full)).toBe(isClosed(short));
    }),
  );
  expect(isSameAddress("fd00::1", "fd00::2")).toBe(false);
});

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
