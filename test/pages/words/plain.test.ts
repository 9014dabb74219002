import { describe, expect, it } from "vitest";
import { plain, safeHref } from "../../../pages/src/words/plain.ts";

describe("plain", () => {
  it("makes characters visible that hide or reorder text", () => {
    expect(plain("a\u202egnp.exe\u200b\u0007")).toBe("a⟨U+202E⟩gnp.exe⟨U+200B⟩⟨U+0007⟩");
    expect(plain("tab\tline\n é 漢")).toBe("tab\tline\n é 漢");
  });

  it("shortens what stands for a secret, so that two can still be told apart", () => {
    expect(plain("key=redacted:string:17-32:k1:9f8e7d6c5b4a!")).toBe(
      "key=⟨redacted string, 17-32 characters, 9f8e7d⟩!",
    );
  });

  it.each(["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//host", "/path", "https://", null])(
    "does not let a browser follow %j",
    (address) => {
      expect(safeHref(address)).toBeNull();
    },
  );

  it("lets a browser follow http and https", () => {
    expect(safeHref("https://github.com/a/b/pull/1")).toBe("https://github.com/a/b/pull/1");
  });
});
