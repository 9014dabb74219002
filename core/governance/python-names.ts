/** Names as Python reads them. Apart, because the look before parsing and the reader have to agree. Pure. */

const NOT_ASCII = /[^\u0000-\u007f]/gu;
const NAME_SIGNS = /^\w+$/;

/**
 * Python takes names in normal form NFKC (https://docs.python.org/3/reference/lexical_analysis.html#identifiers): the full-width letters of `torch`
 * import torch. Only signs that become letters, digits or `_` are put in their places: quotes and brackets of that kind are none to Python. Lines stay;
 * columns behind a sign that takes two units of UTF-16 move.
 */
export function namesAsRead(text: string): string {
  return text.replaceAll(NOT_ASCII, (sign) => {
    const read = sign.normalize("NFKC");
    return NAME_SIGNS.test(read) ? read : sign;
  });
}
