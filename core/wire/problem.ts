/**
 * Errors of the API as RFC 9457 problem documents, and the table of every kind there is.
 * A code is permanent: callers branch on it, never on the words.
 */
import { z } from "zod";

/** Status and title of each kind of error. */
export const PROBLEMS = {
  "invalid-request": { status: 400, title: "The request does not have the form this endpoint expects" },
  "id-mismatch": { status: 400, title: "The id in the path does not belong to the body" },
  "invalid-cursor": { status: 400, title: "The cursor is not one this API gave out" },
  "not-authenticated": { status: 401, title: "Nobody is signed in and no valid token was sent" },
  "service-token-required": { status: 403, title: "Only the service token may do this" },
  "not-loopback": { status: 403, title: "Local mode answers on this machine's own addresses only" },
  "foreign-origin": { status: 403, title: "Another site may not write here" },
  "no-such-path": { status: 404, title: "There is nothing at this path" },
  "deployment-not-found": { status: 404, title: "There is no such deployment" },
  "pair-not-found": { status: 404, title: "There is no such pair" },
  "method-not-allowed": { status: 405, title: "This path does not answer that method" },
  "deployment-closed": { status: 409, title: "The deployment is closed" },
  "deployment-not-ready": { status: 409, title: "The deployment is not ready for traffic" },
  "delivery-known": { status: 409, title: "This delivery was told before" },
  "pair-exists": { status: 409, title: "The pair id belongs to another deployment" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "not-json": { status: 415, title: "The body has to be JSON" },
  internal: { status: 500, title: "Something failed on our side" },
  "authentication-not-configured": { status: 503, title: "Nobody can be let in yet: authentication is not configured" },
  "authentication-unavailable": { status: 503, title: "The keys to check the sign-in could not be fetched" },
  "settings-unreadable": { status: 503, title: "A setting of the operator's cannot be read" },
  "registry-unavailable": { status: 503, title: "The registry of a host did not answer" },
  "compare-unavailable": { status: 503, title: "The compare Worker did not answer" },
  "storage-unavailable": { status: 503, title: "The database did not answer" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemCode = keyof typeof PROBLEMS;

export const ProblemSchema = z
  .object({
    /** Where the kind of error is explained, relative to the API. */
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    /** Stable code of this kind of error. */
    code: z.string(),
    /** What is wrong where, for `invalid-request`. */
    errors: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof ProblemSchema>;
