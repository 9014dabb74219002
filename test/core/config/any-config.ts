/** Configuration files by chance, out of so few words that two of them speak of the same things. For the properties of trust. */
import fc from "fast-check";

/** Paths and globs out of few letters, so that they meet. */
const segment = fc.constantFrom("a", "b", "*", "**", "a*", "{id}");
const glob = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
const globs = fc.array(glob, { maxLength: 3 });
const query = fc.constantFrom("$", "$.a", "$.b", "header:x");
const route = fc.record(
  {
    match: fc.tuple(fc.constantFrom("*", "GET", "POST"), glob).map(([method, path]) => `${method} ${path}`),
    mirror: fc.boolean(),
    compare: fc.constantFrom("exact", "values", "shape"),
    ignore: fc.array(query, { maxLength: 3 }),
    list_key: fc.dictionary(fc.constantFrom("$.a", "$.b"), fc.constantFrom("id", "key"), { maxKeys: 2 }),
  },
  { requiredKeys: ["match"] },
);
const some = <T>(model: Record<string, fc.Arbitrary<T>>) => fc.record(model, { requiredKeys: [] });
const limit = fc.integer({ min: 0, max: 5 });
const words = fc.uniqueArray(fc.constantFrom("A", "B", "C", "D"), { maxLength: 3 });

export const anyConfig = fc.record(
  {
    ttl: fc.constantFrom("5m", "1h", "60m", "1d", "7d", "30d"),
    hosts: words.map((names) => names.map((name) => `${name.toLowerCase()}.example.com`)),
    driver: fc.constantFrom("kubernetes", "docker", "url", "process"),
    control: fc.constantFrom("base", "refetch", "off"),
    stack: some<unknown>({
      env: fc.dictionary(fc.constantFrom("A", "B"), fc.constantFrom("1", "secret:X")),
      egress: words.map((names) => names.map((name) => `${name.toLowerCase()}:443`)),
    }),
    credentials: fc.dictionary(fc.constantFrom("authorization", "cookie"), fc.constantFrom("secret:A", "secret:B")),
    sampling: some<unknown>({
      rate: fc.constantFrom(0, 0.001, 0.01, 0.5, 1, "auto"),
      max_rps: fc.constantFrom(0.1, 1, 20, 500),
      methods: fc.uniqueArray(fc.constantFrom("GET", "HEAD", "POST"), { minLength: 1 }),
    }),
    mirror: some({ include: globs, exclude: globs }),
    redact: some<unknown>({ names: words, patterns: words, shape_only: fc.boolean(), phones: fc.boolean() }),
    routes: fc.array(route, { maxLength: 5 }),
    budgets: some({ p95_ms: limit, p99_ms: limit, size_kb: limit, failure_rate: fc.constantFrom(0, 0.5, 1) }),
    gate: some<unknown>({
      min_pairs: fc.constantFrom(1, 200, 60_000),
      fail_on: fc.constantFrom("critical", "warning"),
      on_inconclusive: fc.constantFrom("neutral", "pass", "fail"),
      mode: fc.constantFrom("informational", "blocking"),
    }),
  },
  { requiredKeys: [] },
);
