/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as browsers and proxies write it: the requests alone. */
import { z } from "zod";
import type { Result } from "../../core/pair/result.ts";
import { type HeaderLine, idOf, malformed, problemOf, type Reading, targetOf } from "./request.ts";

const NamedSchema = z.object({ name: z.string(), value: z.string().default("") });

const PostDataSchema = z.object({
  mimeType: z.string().default(""),
  text: z.string().optional(),
  /** Not in the specification; browsers write it for bodies that are no text. */
  encoding: z.string().optional(),
  params: z.array(NamedSchema).optional(),
});

const EntrySchema = z.object({
  request: z.object({
    method: z.string().min(1),
    url: z.string().min(1),
    headers: z.array(NamedSchema).default([]),
    postData: PostDataSchema.nullish(),
  }),
});

const HarSchema = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

/** All entries in their order, those that cannot be read in their place. */
export function readHar(text: string): Result<readonly Reading[], "malformed"> {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return malformed("neither lines of JSON nor a HAR file");
  }
  const har = HarSchema.safeParse(raw);
  if (!har.success)
    return malformed("it is JSON, but neither requests line by line nor a HAR file: log.entries is missing");
  return { ok: true, value: har.data.log.entries.map((entry, index) => readEntry(entry, index + 1)) };
}

function readEntry(raw: unknown, number: number): Reading {
  const entry = EntrySchema.safeParse(raw);
  if (!entry.success) return malformed(problemOf(entry.error));
  const { method, url, headers, postData } = entry.data.request;
  const target = targetOf(url);
  if (!target.ok) return target;
  const lines = headers.map(({ name, value }): HeaderLine => [name.toLowerCase(), value]);
  const typed =
    postData?.mimeType === undefined || postData.mimeType === "" || lines.some(([name]) => name === "content-type");
  return {
    ok: true,
    value: {
      id: idOf(number),
      method: method.toUpperCase(),
      ...target.value,
      headers: typed ? lines : [...lines, ["content-type", postData.mimeType]],
      body: bodyOf(postData ?? null),
    },
  };
}

function bodyOf(postData: z.infer<typeof PostDataSchema> | null): Uint8Array | null {
  if (postData === null) return null;
  const { text, encoding, params } = postData;
  if (text !== undefined) return Buffer.from(text, encoding === "base64" ? "base64" : "utf8");
  if (params === undefined || params.length === 0) return null;
  return Buffer.from(new URLSearchParams(params.map(({ name, value }): [string, string] => [name, value])).toString());
}
