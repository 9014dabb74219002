/** What the registry routes for each host of the trials: one host for each way in which a deployment can be set. */
import { DEFAULT_MIRROR_SETTINGS, type MirrorSettings, type MirrorTarget } from "../../core/wire/target.ts";

const OTHER = "http://other.test";
const SAME = "http://same.test";

function target(pr: number, shadowOrigin: string, changes: Partial<MirrorTarget> = {}): MirrorTarget {
  const methods = ["GET", "HEAD", "POST", "PUT"];
  const simplest = {
    rate: 1,
    methods,
    controlShare: 1,
    credentials: {},
    serviceHeaders: {},
    settings: DEFAULT_MIRROR_SETTINGS,
  };
  return { deploymentId: idOf(pr), repoId: 7, shadowOrigin, ...simplest, ...changes };
}

function idOf(pr: number): string {
  return `7-${pr}-0123456789ab`;
}

function settings(changes: Partial<MirrorSettings>): Pick<MirrorTarget, "settings"> {
  return { settings: { ...DEFAULT_MIRROR_SETTINGS, ...changes } };
}

const stamped = (pr: number): string => `http://stamped-${idOf(pr)}.test`;
const base = (origin: string, pr: number) => ({ origin, deploymentId: idOf(pr), againShare: 1 });
const redact = { names: ["ssn"], patterns: ["EMP-[0-9]{6}"], shapeOnly: false, phones: true };

/** What the registry of each host routes. */
export const TARGETS: Readonly<Record<string, readonly MirrorTarget[]>> = {
  "differs.test": [target(1, OTHER)],
  "equal.test": [target(2, SAME)],
  "mapped.test": [target(3, OTHER, { credentials: { authorization: "Bearer of-tests", cookie: "session=of-tests" } })],
  "base.test": [target(4, OTHER, { controlShare: 0, ...settings({ base: base(SAME, 104) }) })],
  "equal-base.test": [target(5, SAME, { controlShare: 0, ...settings({ base: base(SAME, 105) }) })],
  "other-base.test": [target(6, OTHER, settings({ base: base("http://failing.test", 106) }))],
  "stamped.test": [target(7, stamped(7), settings({ stamped: true, base: base(stamped(107), 107) }))],
  "unstamped.test": [target(8, SAME, settings({ stamped: true }))],
  "stale.test": [target(9, stamped(1), settings({ stamped: true, base: base(stamped(1), 109) }))],
  "filtered.test": [
    target(
      10,
      OTHER,
      settings({
        include: ["/v1/**", "/v2/*"],
        exclude: ["/v1/admin/**"],
        routes: [
          { match: "POST /v1/orders/**", mirror: true },
          { match: "* /v2/**", mirror: false },
        ],
      }),
    ),
  ],
  "sticky-cookie.test": [
    target(11, OTHER, {
      rate: 0.5,
      credentials: { cookie: "a=b" },
      ...settings({ sticky: { in: "cookie", name: "who" } }),
    }),
  ],
  "sticky-header.test": [target(12, OTHER, { rate: 0.5, ...settings({ sticky: { in: "header", name: "x-who" } }) })],
  "sampled.test": [target(13, OTHER, { rate: 0.5 })],
  "capped.test": [target(14, OTHER, settings({ maxRps: 0.2 }))],
  "redacted.test": [target(15, OTHER, settings({ redact }))],
  "shapes.test": [target(16, OTHER, settings({ redact: { ...redact, shapeOnly: true } }))],
  "crowd.test": [17, 18, 19, 20, 21].map((pr) =>
    target(pr, pr === 19 ? "http://down.test" : OTHER, settings(pr === 17 ? { base: base(SAME, 117) } : {})),
  ),
  "broken-shadow.test": [target(22, "http://down.test")],
  "service.test": [target(23, OTHER, { serviceHeaders: { "x-service": "of-tests" }, controlShare: 0 })],
  "closed.test": [target(24, OTHER)],
  "down.test": [target(25, OTHER)],
  "never.test": [target(26, OTHER, { rate: 0 })],
  "reads-only.test": [target(27, OTHER, { methods: ["GET", "HEAD"] })],
  "globbed.test": [
    target(
      28,
      OTHER,
      settings({
        include: ["/a/**/*.json", "/a/*/c"],
        exclude: ["/**/secret/**", "/a/**/b/**/z"],
        routes: [
          { match: "/a/**", mirror: true },
          { match: "post /b", mirror: false },
        ],
      }),
    ),
  ],
  "bad-identity.test": [target(29, OTHER, { credentials: { authorization: "a\nb: c" } })],
  "bad-service.test": [target(30, OTHER, { serviceHeaders: { "x-service": "a\nb: c" } })],
  "streams.test": [target(31, "http://streaming.test")],
  "none.test": [],
};

/** The host whose kill switch is on. */
export const CLOSED_HOST = "closed.test";
