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

const HOST = "host";

/** The object's own name. The platform tells it to calls by name, and not in every version to alarms. */
export function rememberHost(sql: SqlStorage, host: string): void {
  sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", HOST, host);
}

export function rememberedHost(sql: SqlStorage): string {
  const [row] = sql.exec<{ value: string | number }>("SELECT value FROM settings WHERE name = ?", HOST).toArray();
  return String(row?.value ?? "");
}
