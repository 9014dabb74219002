/** JSON as it was written, as plain data: numbers keep their digits. For rules that look at a body; `parse.ts` makes it. */

export interface JsonNumber {
  readonly type: "number";
  /** The number as it was written. */
  readonly text: string;
}

export interface JsonList {
  readonly type: "list";
  readonly items: readonly Json[];
}

export interface JsonObject {
  readonly type: "object";
  /** Of names that stand twice the last value counts. */
  readonly members: ReadonlyMap<string, Json>;
}

export type Json = null | boolean | string | JsonNumber | JsonList | JsonObject;
