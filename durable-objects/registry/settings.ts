/** The object's own settings: small values by name. */

/** 1 while nothing is mirrored on this host. */
export const KILL_SWITCH = "kill-switch";

export function setting(sql: SqlStorage, name: string): number | null {
  const [row] = sql.exec<{ value: number }>("SELECT value FROM settings WHERE name = ?", name).toArray();
  return row?.value ?? null;
}

export function set(sql: SqlStorage, name: string, value: number): void {
  sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, value);
}
