/** A report API for tests of its client: a real server that answers from a script and remembers what it was asked. */
import type { ReportApi } from "../../infra/local/report-api.ts";
import { listen } from "../servers/http.ts";

export interface Call {
  /** `GET /api/deployments/1`. */
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** A status and a JSON body, or a text as it is. `null` never answers. */
type Answer = { readonly status?: number; readonly body?: unknown } | null;

export interface ScriptedApi {
  readonly api: ReportApi;
  readonly calls: readonly Call[];
  lines(): readonly string[];
  close(): Promise<void>;
}

/** `answer` gets the call and how many came before it. */
export async function scriptedApi(answer: (call: Call, before: number) => Answer): Promise<ScriptedApi> {
  const calls: Call[] = [];
  const server = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const call = {
        line: `${request.method} ${request.url}`,
        authorization: request.headers.authorization,
        body: text === "" ? undefined : JSON.parse(text),
      };
      const given = answer(call, calls.push(call) - 1);
      if (given === null) return;
      const { status = 200, body = {} } = given;
      response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  const api = { origin: server.url, serviceToken: "of this test" };
  return { api, calls, lines: () => calls.map((call) => call.line), close: server.close };
}
