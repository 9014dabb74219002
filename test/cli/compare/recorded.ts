/** Recorded pairs for tests of `shadow-infra compare`, as lines of JSON. */

export interface Sides {
  readonly id?: string;
  readonly path?: string;
  readonly prod: unknown;
  readonly shadow: unknown;
  readonly control?: unknown;
}

export function recordedLine({ id = "1", path = "/things/1", prod, shadow, control }: Sides): string {
  const side = (body: unknown) => ({
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    latencyMs: 9,
  });
  const second = control === undefined ? {} : { control: side(control) };
  return JSON.stringify({
    id,
    request: { method: "GET", path },
    prod: side(prod),
    shadow: side(shadow),
    ...second,
  });
}
