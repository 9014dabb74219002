/**
 * Cuts a page where its JSON would grow beyond what a probe of shadow services allows for an answer (25 KB by default): names of routes may be
 * thousands of characters long.
 */

/** Of the items of a page, in bytes. The rest of the answer, a cursor among it, has what is left of 25 KB. */
export const MAX_PAGE_BYTES = 20 * 1_024;

/** The first items whose JSON is short enough together; the first one always, or the list would never end. */
export function fittingItems<T>(items: readonly T[], maxBytes = MAX_PAGE_BYTES): readonly T[] {
  let bytes = 0;
  const end = items.findIndex((item, n) => {
    bytes += utf8Length(JSON.stringify(item)) + 1;
    return n > 0 && bytes > maxBytes;
  });
  return end === -1 ? items : items.slice(0, end);
}

/** Bytes of a text in UTF-8. JSON escapes halves of surrogate pairs that stand alone, so two halves are always four bytes. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let n = 0; n < text.length; n += 1) {
    const unit = text.charCodeAt(n);
    const half = unit >= 0xd8_00 && unit <= 0xdf_ff;
    bytes += unit < 0x80 ? 1 : unit < 0x8_00 || half ? 2 : 3;
  }
  return bytes;
}
