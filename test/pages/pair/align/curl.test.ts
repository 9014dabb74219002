import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curl } from "../../../../pages/src/pair/align/curl.ts";

type Request = Parameters<typeof curl>[0];

function request(values: Partial<Request>): Request {
  return { method: "GET", path: "/", headers: {}, body: null, ...values };
}

/** The arguments a shell would give to curl. */
function argumentsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

describe("curl", () => {
  it("asks the given origin for the path as it was sent", () => {
    expect(argumentsOf(curl(request({ path: "/a[1]?q=x%20y&z=1" }), "https://shadow.example.com"))).toEqual([
      "--include",
      "--globoff",
      "https://shadow.example.com/a[1]?q=x%20y&z=1",
    ]);
  });

  it("puts placeholders where secrets were, also in the query", () => {
    const command = curl(
      request({
        path: "/?session=redacted%3Astring%3A9-16%3Ak1%3Aabc",
        headers: { "x-client-key": "redacted:string:1025+:k1:abc", accept: "*/*" },
      }),
      null,
    );
    expect(command).toContain("'https://ORIGIN/?session=<SECRET>'");
    expect(command).toContain("'x-client-key: <X_CLIENT_KEY>'");
    expect(command).not.toContain("redacted");
  });

  it("lets a shell expand nothing of what was sent", () => {
    const body = 'it\'s $(touch /tmp/x) `id` "q" \\ \n end';
    const sent = argumentsOf(curl(request({ method: "POST", body, path: "/'; id; '" }), "http://localhost:1"));
    expect(sent).toContain(body);
    expect(sent).toContain("http://localhost:1/'; id; '");
    expect(sent).toContain("POST");
  });

  it("repeats a header that was sent twice and leaves out what curl sets itself", () => {
    const sent = argumentsOf(curl(request({ headers: { via: ["a", "b"], host: "x", "content-length": "3" } }), null));
    expect(sent.filter((each) => /^(via|host|content-length)/.test(each))).toEqual(["via: a", "via: b"]);
  });

  it("says that a binary body is not part of it", () => {
    expect(curl(request({ method: "PUT", body: "AA==", bodyEncoding: "base64" }), null)).toMatch(/# .*binary body/);
  });
});
