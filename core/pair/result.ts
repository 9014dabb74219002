/** What core returns where something can fail: the value, or a tagged reason. Shells turn the reason into words. */
export type Result<T, R extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: R; readonly detail?: string };
