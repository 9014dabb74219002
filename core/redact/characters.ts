/** Sets of ASCII characters that are asked about for every character of a body. */

/** For each of the 128 codes, 1 where the character is in the set. */
export type CharacterTable = Uint8Array;

export function characterTable(characters: string): CharacterTable {
  const table = new Uint8Array(128);
  for (let at = 0; at < characters.length; at += 1) table[characters.charCodeAt(at)] = 1;
  return table;
}

/** Codes beyond ASCII, and the one beyond the end of a text (NaN), are in no set. */
export function isIn(table: CharacterTable, code: number): boolean {
  return table[code] === 1;
}

export const DIGITS = "0123456789";
export const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
