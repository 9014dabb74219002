/** How the SQL in migrations/ is made from the schema: `npm run migrations:generate`. Never used at run time. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  driver: "d1-http",
  schema: [
    "./migrations/schema.ts",
    "./migrations/tee-tables.ts",
    "./migrations/probe-tables.ts",
    "./migrations/answer-tables.ts",
  ],
  out: "./migrations",
});
