/** Secrets in files. All of them are put together here, so that no scanner takes this file for a leak. */
import { describe, expect, test } from "vitest";
import { secretsIn } from "../../../../cli/governance/source/secrets.ts";
import { fileAt } from "../../../core/governance/given.ts";

const glued = (...parts: readonly string[]) => parts.join("");
const PEM = glued("-----BEGIN ", "PRIVATE KEY-----");
const RANDOM = glued("q7Rz0Lk2", "Xv9Tn4Ws", "8Yb1Mf3J");
const found = (path: string, text: string) => secretsIn([fileAt(path, { text })]);

describe("is found", () => {
  test.each([
    ["a GitHub token", "a.md", `see ${glued("gh", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")}`],
    ["an AWS key", "a.py", `key = "${glued("AK", "IA", "Z7Q2M4X6", "W3R5T9KL")}"`],
    ["a private key", "a.ts", `const pem = "${glued("-----BEGIN ", "PRIVATE KEY-----")}\\nMIIEvQIBADANBgkqhkiG9w0B";`],
    [
      "an AWS key under the name of a lock file",
      "x/poetry.lock",
      `key = "${glued("AK", "IA", "Z7Q2M4X6", "W3R5T9KL")}"`,
    ],
    ["a password in code", "a.py", `DB_PASSWORD = "${glued("hunter2", "!x")}"`],
    ["a password with a type", "a.py", `password: str = "${glued("hunter2", "!x")}"`],
    ["an api key in an object", "a.ts", `const c = { apiKey: "${RANDOM}" };`],
    ["a secret of a client", "a.json", `{"client_secret": "${RANDOM}"}`],
    ["a token in settings", ".env", `API_TOKEN=${RANDOM}\n`],
    ["a token in YAML", "a.yml", `  auth_token: ${RANDOM}  # ours\n`],
    ["a glued name", "a.properties", `dbpassword=${glued("Tr0ub4", "dor&3")}\n`],
    ["an address with a password", "a.ts", `connect("postgres://app:${glued("s3cr", "Et9x")}@db.internal:5432/app")`],
    [
      "a JSON web token",
      "a.ts",
      `const t = "${glued("eyJhbGciOiJI", "UzI1NiJ9.eyJzdWIiOiIxMjM0", "NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N")}";`,
    ],
  ])("%s", async (_, path, text) => {
    const secrets = await found(path, text);
    expect(secrets).toMatchObject([{ path, line: 1 }]);
    expect(JSON.stringify(secrets)).not.toMatch(/hunter2|q7Rz0Lk2|s3crEt|Tr0ub4|dozjgN|MIIEv|c3D4e5/);
  });
});

describe("is none", () => {
  test.each([
    ["a.py", 'password = os.environ["DB_PASSWORD"]\ntoken = getenv("TOKEN")'],
    ["a.ts", "const apiKey = process.env.API_KEY; const password = `${user}-1`;"],
    ["a.yml", "password: changeme\napi_key: <your-api-key>\ntoken: ${{ secrets.TOKEN }}\nsecret: xxxxxxxxxxxx1\n"],
    [
      ".env",
      "API_TOKEN=\nDB_PASSWORD=${DB_PASSWORD}\nSECRET_KEY=your-secret-key-123\nTOKEN_URL=https://example.com/oauth2/token\n",
    ],
    [
      "a.ts",
      'const passwordField = "user_password1"; const tokenType = "Bearer2 abc"; label({ password: "Password", token: "refresh_token" });',
    ],
    ["a.ts", 'if (password === "hunter2x1") {}'],
    ["package-lock.json", `{"integrity": "sha512-${RANDOM}${RANDOM}", "token": "${RANDOM}"}`],
    ["a.html", `<script integrity="sha384-${RANDOM}${RANDOM}"></script>`],
    [
      "a.ts",
      'const sha = "3f786850e387550fdab836ed7e6dc881de23001b"; const id = "123e4567-e89b-12d3-a456-426614174000";',
    ],
    ["a.ts", 'const secret = "123e4567-e89b-12d3-a456-426614174000";'],
    [
      "a.md",
      "postgres://user:password@localhost:5432/db and redis://cache:6379 and http://localhost:3001@evil.example.com",
    ],
    ["a.ts", `const HEADER = "${PEM}"; /-----BEGIN (RSA )?PRIVATE KEY-----/.test(x)`],
    ["a.ts", `const key = "${glued("AKIA", "IOSFODNN7EXAMPLE")}";`],
  ])("%s: %s", async (path, text) => {
    expect(await found(path, text)).toEqual([]);
  });
});

test("a line with two is said once, and lines are the file's", async () => {
  const line = `{ apiKey: "${RANDOM}", password: "${glued("hunter2", "!x")}" }`;
  expect((await found("a.ts", `\r\n${line}\n\n${line}`)).map((secret) => secret.line)).toEqual([2, 4]);
});

test("hostile text takes no longer than its length", { timeout: 20_000 }, async () => {
  for (const part of ['password="', "a:", "password: str = ", "://a:", `${PEM}\\n`])
    expect(await found("a.yml", part.repeat(10_000))).toBeDefined();
});

test("files without a text are left out", async () => {
  expect(await secretsIn([fileAt("a.bin", { text: null, unread: "binary" })])).toEqual([]);
});
