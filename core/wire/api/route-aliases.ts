/** Routes of a repository that are one: proposed by learning, in force once a person said so. */
import { z } from "zod";

const MAX_ROUTE_CHARS = 330;
const MAX_ROUTES = 500;

export const ALIAS_STATES = ["proposed", "accepted", "refused"] as const;

const RouteSchema = z
  .string()
  .max(MAX_ROUTE_CHARS)
  .regex(/^[A-Z]+ \/\S*$/, "a method, a space, a path, such as GET /blog/{slug}");

export const RouteAliasParamsSchema = z.object({ repoId: z.coerce.number().int().nonnegative() });

export const RouteAliasListSchema = z
  .object({
    items: z.array(
      z.object({
        /** `GET /blog/hello` */
        route: z.string(),
        /** `GET /blog/{slug}` */
        target: z.string(),
        state: z.enum(ALIAS_STATES),
        updatedAt: z.string(),
      }),
    ),
  })
  .meta({ id: "RouteAliasList" });
export type RouteAliasList = z.infer<typeof RouteAliasListSchema>;

/** Accepts or refuses a merge. */
export const RouteAliasPostSchema = z
  .strictObject({
    target: RouteSchema.describe("`GET /blog/{slug}`: what the routes are called from now on."),
    state: z.enum(["accepted", "refused"]),
    routes: z
      .array(RouteSchema)
      .min(1)
      .max(MAX_ROUTES)
      .optional()
      .describe("Default: all that are proposed for this target."),
  })
  .refine(
    ({ target }) => /\/\{[^{}/]+\}/.test(target),
    "target: a route with a name in braces, such as GET /blog/{slug}",
  )
  .meta({ id: "RouteAliasPost" });
