// The service of the test's shop that answers: its version, what the seed left in the database, and the headers it was sent.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { ask } from "./ask.mjs";

const version = readFileSync("/app/version.txt", "utf8").trim();
// Without its database it does not start: `depends_on` is what makes it come up at the first try.
console.log(`greeting at the start: ${await ask({ get: "greeting" })}`);

async function answer(request, response) {
  // Its log of requests, for tests that count what reaches it.
  const { url: path, headers } = request;
  console.log(JSON.stringify({ request: { version, at: Date.now(), host: headers.host ?? "", path } }));
  const greeting = await ask({ get: "greeting" }).catch(String);
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({
      version,
      greeting,
      secret: process.env.SECRET ?? null,
      path: request.url,
      headers: request.headers,
    }),
  );
}

createServer((request, response) => {
  void answer(request, response);
}).listen(8080, () => console.log(`web ${version} listens`));
