import { expect, test } from "vitest";
import { isSecretName } from "../../../core/redact/names.ts";

test.each([
  "password",
  "Password",
  "user_password",
  "userPassword2",
  "passwd",
  "client-secret",
  "clientSecret",
  "accessToken",
  "access_token",
  "X-Api-Key",
  "apiKey",
  "APIKey",
  "authorization",
  "Cookie",
  "set-cookie",
  "sessionId",
  "session",
  "ssn",
  "cvv",
  "cvc2",
  "card",
  "card_number",
  "creditCard",
  "user[password]",
  "csrf_token",
  "X-Amz-Signature",
  "private_key",
])("%s names a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  "tokenized_count",
  "secretary",
  "sessions",
  "discard",
  "card_title",
  "cardinality",
  "author",
  "passenger",
  "compass",
  "token_count",
  "token_type",
  "expires_in",
  "password_changed_at",
  "key",
  "primary_key",
  "id",
  "assignment",
  "",
])("%s does not", (name) => {
  expect(isSecretName(name)).toBe(false);
});
