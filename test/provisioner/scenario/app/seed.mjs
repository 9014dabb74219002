// Fills the database once; a second time would be an error, as it is for most seeds.
import { ask } from "./ask.mjs";

if ((await ask({ get: "greeting" })) !== null) {
  console.error("there is a greeting already");
  process.exit(1);
}
await ask({ put: ["greeting", `hello from ${process.argv[2] ?? "the seed"}`] });
