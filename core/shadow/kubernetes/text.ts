/** Spellings that Kubernetes wants: dollars it leaves alone, bytes in base64, amounts with units. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const MIB = 1024 * 1024;

/**
 * `$(NAME)` in `env`, `command`, `args` and probes is replaced, and `$$` becomes `$`: only dollars that would start either are doubled.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function escaped(text: string): string {
  return text.replaceAll(/\$(?=[$(])/g, () => "$$");
}

/** Of the text's UTF-8. */
export function base64Of(text: string): string {
  const bytes = utf8Of(text);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3);
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const chars = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63));
    pieces.push(chars[0] ?? "", chars[1] ?? "", second === undefined ? "=" : (chars[2] ?? ""));
    pieces.push(third === undefined ? "=" : (chars[3] ?? ""));
  }
  return pieces.join("");
}

/** Halves of a pair that stand alone become U+FFFD, as everywhere. */
function utf8Of(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point, 0));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point, 6), tail(point, 0));
    else bytes.push(0xf0 | (point >> 18), tail(point, 12), tail(point, 6), tail(point, 0));
  }
  return bytes;
}

function tail(point: number, shift: number): number {
  return 0x80 | ((point >> shift) & 63);
}

/** `250m`. */
export function cpuQuantity(milli: number): string {
  return `${Math.max(1, Math.floor(milli))}m`;
}

/** `64Mi`, or bytes where that would lose some. */
export function bytesQuantity(bytes: number): string {
  const whole = Math.max(0, Math.floor(bytes));
  return whole > 0 && whole % MIB === 0 ? `${whole / MIB}Mi` : String(whole);
}
