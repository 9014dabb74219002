// The database's health check.
import { ask } from "./ask.mjs";

await ask({ get: "health" }, "127.0.0.1");
