/** The contract table as an OpenAPI 3.1 document. */
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import { OPERATIONS } from "../../../core/wire/api/contract.ts";
import type { Audience, Operation } from "../../../core/wire/api/operation.ts";
import { PROBLEMS, type ProblemCode, ProblemSchema } from "../../../core/wire/problem.ts";
import { VERSION } from "../version.ts";

type Document = ReturnType<typeof createDocument>;

/** Either of them lets readers in, and lets them stop mirroring; only the service token may write anything else. */
const SECURITY: Readonly<Record<Audience, readonly Record<string, string[]>[]>> = {
  anyone: [],
  reader: [{ access: [] }, { serviceToken: [] }],
  operator: [{ access: [] }, { serviceToken: [] }],
  service: [{ serviceToken: [] }],
};

const COMMON_PROBLEMS: readonly ProblemCode[] = ["invalid-request"];
const BODY_PROBLEMS: readonly ProblemCode[] = ["body-too-large", "not-json"];
const READER_PROBLEMS: readonly ProblemCode[] = [
  "not-authenticated",
  "not-loopback",
  "authentication-not-configured",
  "authentication-unavailable",
];
const OPERATOR_PROBLEMS: readonly ProblemCode[] = [...READER_PROBLEMS, "foreign-origin"];
const AUDIENCE_PROBLEMS: Readonly<Record<Audience, readonly ProblemCode[]>> = {
  anyone: [],
  reader: READER_PROBLEMS,
  operator: OPERATOR_PROBLEMS,
  service: [...OPERATOR_PROBLEMS, "service-token-required"],
};

export function openApiDocument(): Document {
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "Shadow Infra report API",
      version: VERSION,
      description: "What mirrored requests found out about a shadow deployment. All values are redacted.",
    },
    paths: pathsOf(),
    components: {
      securitySchemes: {
        access: { type: "apiKey", in: "header", name: "Cf-Access-Jwt-Assertion", description: "Cloudflare Access" },
        serviceToken: { type: "http", scheme: "bearer", description: "SHADOW_INFRA_SERVICE_TOKEN" },
      },
    },
  });
}

function pathsOf(): Record<string, Record<string, ZodOpenApiOperationObject>> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [operationId, operation] of Object.entries<Operation>(OPERATIONS))
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operationId, operation) };
  return paths;
}

function describe(operationId: string, operation: Operation): ZodOpenApiOperationObject {
  const { summary, params, query, body, audience } = operation;
  return {
    operationId,
    summary,
    security: [...SECURITY[audience]],
    requestParams: { ...(params && { path: params }), ...(query && { query }) },
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: responsesOf(operation),
  };
}

function responsesOf(operation: Operation): ZodOpenApiResponsesObject {
  const responses: Record<string, ZodOpenApiResponseObject> = {};
  for (const [status, { type, schema }] of Object.entries(operation.answers))
    responses[status] = { description: operation.summary, content: { [type]: schema === undefined ? {} : { schema } } };
  for (const [status, codes] of Map.groupBy(problemsOf(operation), (code) => PROBLEMS[code].status))
    responses[status] = {
      description: codes.map((code) => `\`${code}\``).join(", "),
      content: { "application/problem+json": { schema: ProblemSchema } },
    };
  return responses;
}

/** All errors an operation can answer with. */
export function problemsOf({ audience, params, query, body, problems }: Operation): readonly ProblemCode[] {
  const takesInput = params !== undefined || query !== undefined || body !== undefined;
  return [
    ...(takesInput ? COMMON_PROBLEMS : []),
    ...(body === undefined ? [] : BODY_PROBLEMS),
    ...AUDIENCE_PROBLEMS[audience],
    ...problems,
  ];
}
