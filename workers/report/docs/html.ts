/** A tag for HTML text: everything that is put in is escaped, unless it is HTML of this tag itself. */

export interface Html {
  readonly raw: string;
}

type Insert = string | number | Html;

export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  const text = parts.map((part, i) => part + render(inserts[i] ?? ""));
  return { raw: text.join("") };
}

export function joined(pieces: readonly Html[]): Html {
  return { raw: pieces.map(({ raw }) => raw).join("\n") };
}

function render(insert: Insert): string {
  return typeof insert === "object" ? insert.raw : escape(String(insert));
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
