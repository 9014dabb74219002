/** Amounts of memory and disk as Kubernetes writes them: `512Mi`, `2Gi`, `1.5G`, `1000000`. */

const UNIT_BYTES: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

const FORM = /^(\d{1,15}(?:\.\d{1,3})?)(|k|M|G|T|Ki|Mi|Gi|Ti)$/;

/** Bytes of `512Mi`; null for anything else. */
export function sizeBytes(text: string): number | null {
  const [, count, unit = ""] = FORM.exec(text) ?? [];
  const bytes = Math.floor(Number(count) * (UNIT_BYTES[unit] ?? Number.NaN));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null;
}
