/** Production, shadow and base stack, which answer each request as its exchange says, and know which ones have reached the shadow. */
import type { RequestListener, ServerResponse } from "node:http";
import type { Answered, Exchange } from "./exchanges.ts";

export interface Origins {
  readonly prod: RequestListener;
  readonly shadow: RequestListener;
  readonly base: RequestListener;
  /** Numbers of the requests that the shadow has answered. */
  readonly mirrored: ReadonlySet<number>;
}

const PLAIN: Answered = { headers: { "content-type": "text/plain" }, body: "nothing here" };

export function originsOf(exchanges: ReadonlyMap<number, Exchange>): Origins {
  const mirrored = new Set<number>();
  const side =
    (name: "prod" | "shadow" | "base"): RequestListener =>
    (request, response) => {
      const n = numberIn(request.url ?? "");
      request.resume().on("end", () => {
        answer(response, exchanges.get(n)?.[name] ?? PLAIN);
        if (name === "shadow") response.on("finish", () => mirrored.add(n));
      });
    };
  return { prod: side("prod"), shadow: side("shadow"), base: side("base"), mirrored };
}

/** The number that a path of an exchange begins with; -1 for other paths. */
function numberIn(path: string): number {
  return Number(/^\/c\/(\d+)\//.exec(path)?.[1] ?? -1);
}

function answer(response: ServerResponse, { headers, body }: Answered): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}
