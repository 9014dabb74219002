/**
 * Reads what `npm audit --json` prints. Apart, because npm ends with 1 both where it found something and where it could not ask: a registry
 * without advisories must never look like a project without holes.
 */
import { z } from "zod";

export const AUDIT_LEVELS = ["low", "moderate", "high", "critical"] as const;
export type AuditLevel = (typeof AUDIT_LEVELS)[number];

/** Of npm's report, version 2. */
const ReportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string().default("") })),
});
const RefusalSchema = z.object({
  message: z.string().optional(),
  error: z.union([z.string(), z.object({ summary: z.string().optional(), code: z.string().optional() })]).optional(),
});

export interface Vulnerable {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
}

export type Audit =
  | { readonly kind: "asked"; readonly vulnerable: readonly Vulnerable[] }
  | { readonly kind: "not-asked"; readonly reason: string };

/** What npm said; `vulnerable` are packages at this level or above it. */
export function readAudit(output: string, level: AuditLevel): Audit {
  const json = parsed(output);
  const report = ReportSchema.safeParse(json);
  if (!report.success) return { kind: "not-asked", reason: reasonOf(json) };
  const counting: ReadonlySet<string> = new Set(AUDIT_LEVELS.slice(AUDIT_LEVELS.indexOf(level)));
  const all = Object.entries(report.data.vulnerabilities).map(([name, { severity, range }]) => ({
    name,
    severity,
    range,
  }));
  return { kind: "asked", vulnerable: all.filter(({ severity }) => counting.has(severity)) };
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output) as unknown;
  } catch {
    return null;
  }
}

function reasonOf(json: unknown): string {
  const refusal = RefusalSchema.safeParse(json);
  if (!refusal.success) return "npm printed no report";
  const { message, error } = refusal.data;
  const said = message ?? (typeof error === "string" ? error : error?.summary);
  return said?.trim() || "npm printed no report";
}
