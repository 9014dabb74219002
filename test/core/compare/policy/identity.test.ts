/** Identity wrong: the answer is about somebody or something else, in the forms in which services name them. */
import { test } from "vitest";
import { expectVerdict, type Row } from "./rows.ts";

const U1 = "5b0c2f9e-8d41-4c53-9d3a-0f1e7f6f2a11";
const U2 = "c1d7a4b3-27f0-4be2-8a0e-9f3b1d6c5e22";
const X = { type: "application/xml" };
const C = { type: "text/csv" };
const H = { type: "text/html" };
const at = (path: string) => ({ request: { path } });

const ROWS: readonly Row[] = [
  ["Critical", "the id in the path", { id: 7, name: "a" }, { id: 8, name: "a" }, at("/users/7")],
  ["Critical", "a UUID that the path names", { id: U1, name: "a" }, { id: U2, name: "a" }, at(`/users/${U1}`)],
  ["Critical", "a UUID that the control kept", { owner: { id: U1 } }, { owner: { id: U2 } }, { control: "same" }],
  [
    "Critical",
    "an account number",
    { accountNumber: "DE-4471-22" },
    { accountNumber: "DE-4471-23" },
    { control: "same" },
  ],
  ["Critical", "the owner by login", { owner: { login: "ada" } }, { owner: { login: "bob" } }],
  ["Critical", "the owner as a word", { repo: "x", owner: "ada" }, { repo: "x", owner: "bob" }],
  [
    "Critical",
    "the author's handle",
    { post: { author: { handle: "@ada" } } },
    { post: { author: { handle: "@bob" } } },
  ],
  ["Critical", "an address of mail", { user: { email: "ada@mail.test" } }, { user: { email: "bob@mail.test" } }],
  ["Critical", "a contact's mail", { contactEmail: "ada@mail.test" }, { contactEmail: "bob@mail.test" }],
  [
    "Critical",
    "the id of a customer in an order",
    { order: { customer: { id: 12 } } },
    { order: { customer: { id: 13 } } },
  ],
  ["Critical", "a flat reference", { id: 1, customer_id: 12 }, { id: 1, customer_id: 13 }],
  [
    "Critical",
    "a Stripe customer",
    { id: "ch_1a", customer: "cus_9s6XKzkNRiz8i3" },
    { id: "ch_1a", customer: "cus_8t5YKzkNRiz8i4" },
  ],
  [
    "Critical",
    "a JSON:API relationship",
    { data: { id: "1", relationships: { author: { data: { type: "people", id: "9" } } } } },
    { data: { id: "1", relationships: { author: { data: { type: "people", id: "3" } } } } },
  ],
  [
    "Critical",
    "a HAL link to itself",
    { _links: { self: { href: "/orders/523" } }, total: 1 },
    { _links: { self: { href: "/orders/524" } }, total: 1 },
    at("/orders/523"),
  ],
  [
    "Critical",
    "a GraphQL argument",
    { data: { parcel: { id: "p7" } } },
    { data: { parcel: { id: "p6" } } },
    {
      request: {
        method: "POST",
        path: "/graphql",
        headers: { "content-type": "application/json" },
        body: '{"query":"{ parcel(id: \\"p7\\") { id } }"}',
      },
    },
  ],
  [
    "Critical",
    "a GraphQL variable",
    { data: { user: { id: "u-7" } } },
    { data: { user: { id: "u-8" } } },
    {
      request: {
        method: "POST",
        path: "/graphql",
        headers: { "content-type": "application/json" },
        body: '{"query":"query($id: ID!){user(id:$id){id}}","variables":{"id":"u-7"}}',
      },
    },
  ],
  [
    "Critical",
    "a FHIR subject",
    { resourceType: "Observation", subject: { reference: "Patient/23" } },
    { resourceType: "Observation", subject: { reference: "Patient/32" } },
  ],
  ["Critical", "an XML id", "<user><id>42</id><name>a</name></user>", "<user><id>43</id><name>a</name></user>", X],
  ["Critical", "an XML attribute", '<user id="42"><name>a</name></user>', '<user id="43"><name>a</name></user>', X],
  [
    "Critical",
    "a SOAP customer number",
    "<R><CustomerNumber>10023</CustomerNumber></R>",
    "<R><CustomerNumber>10032</CustomerNumber></R>",
    X,
  ],
  ["Critical", "an id in CSV", "id,name\n7,a\n", "id,name\n8,a\n", C],
  ["Critical", "a customer in CSV", "order,customer_id\n1,12\n2,13\n", "order,customer_id\n1,12\n2,31\n", C],
  [
    "Critical",
    "who is signed in, on a page",
    '<p class="user-email">ada@mail.test</p>',
    '<p class="user-email">bob@mail.test</p>',
    H,
  ],
  ["Critical", "a username on a page", '<span class="username">ada</span>', '<span class="username">bob</span>', H],
  [
    "Critical",
    "what a hidden field names",
    '<input type="hidden" name="user_id" value="42">',
    '<input type="hidden" name="user_id" value="43">',
    H,
  ],
  ["Critical", "the tenant", { tenantId: "acme" }, { tenantId: "umbrella" }],
  [
    "Critical",
    "the subject of a session",
    { sub: "auth0|58f2", name: "a" },
    { sub: "auth0|58f3", name: "a" },
    { control: "same" },
  ],
  [
    "Critical",
    "an isbn",
    { isbn: "9780141036144", title: "1984" },
    { isbn: "9780141036151", title: "1984" },
    at("/books/9780141036144"),
  ],
  [
    "Critical",
    "an assignee",
    { key: "OPS-1", assignee: { name: "ada", accountId: "5b10a2844c20165700ede21g" } },
    { key: "OPS-1", assignee: { name: "bob", accountId: "5b10ac8d82e05b22cc7d4ef5" } },
    { control: "same" },
  ],
  [
    "Critical",
    "another driver in a trip just made",
    { ref: U1, driver: { id: 8 } },
    { ref: U2, driver: { id: 9 } },
    { status: 201, request: { method: "POST", path: "/trips", body: "{}" } },
  ],
  [
    "Critical",
    "another user by the query",
    { user: "ada", plan: "pro" },
    { user: "bob", plan: "pro" },
    at("/plan?user=ada"),
  ],
  [
    "Critical",
    "the thing asked for by name",
    { name: "left-pad", version: "1.0.0" },
    { name: "right-pad", version: "1.0.0" },
    at("/left-pad"),
  ],
  [
    "Critical",
    "a country by code",
    { code: "DE", name: "Germany" },
    { code: "FR", name: "Germany" },
    at("/countries/DE"),
  ],
  [
    "Critical",
    "all elements are others",
    [
      { id: 1, t: "a" },
      { id: 2, t: "b" },
    ],
    [
      { id: 8, t: "a" },
      { id: 9, t: "b" },
    ],
  ],
  ["Critical", "German names", { bestellung: { kunde_id: 12 } }, { bestellung: { kunde_id: 21 } }],
  [
    "Critical",
    "a record's owner in a list",
    [
      { id: 1, ownerId: 4 },
      { id: 2, ownerId: 5 },
    ],
    [
      { id: 1, ownerId: 5 },
      { id: 2, ownerId: 5 },
    ],
  ],
  [
    "Critical",
    "an object id the control kept",
    { _id: "507f1f77bcf86cd799439011" },
    { _id: "507f191e810c19729de860ea" },
    { control: "same" },
  ],
  ["Safe", "a request id", { requestId: U1, a: 1 }, { requestId: U2, a: 1 }],
  [
    "Safe",
    "a trace id that the control moves",
    { meta: { id: U1 } },
    { meta: { id: U2 } },
    { control: { meta: { id: "00000000-27f0-4be2-8a0e-9f3b1d6c5e22" } } },
  ],
  [
    "Safe",
    "the id of what was just made",
    { id: U1, a: 1 },
    { id: U2, a: 1 },
    { status: 201, request: { method: "POST", path: "/x", body: "{}" } },
  ],
  ["Warning", "a display name", { id: 1, title: "Ada" }, { id: 1, title: "Bob" }],
  ["Warning", "a model's name", { id: 1, model: "T4" }, { id: 1, model: "T5" }],
];

test.each(ROWS.map((row) => ({ severity: row[0], says: row[1], row })))("$severity: $says", ({ row }) => {
  expectVerdict(row);
});
