/** Source code that no rule could look into: too large, or in an encoding that spells code otherwise than it looks. Nobody hides behind it. */
import type { ChangedFile } from "./change.ts";
import type { CheckKind } from "./rules.ts";
import type { Hit } from "./violation.ts";

/** Checks that look into code. */
export const READS_CODE: ReadonlySet<CheckKind> = new Set([
  "forbidden-imports",
  "required-fields",
  "model-loads",
  "cryptography",
  "audit-trail",
  "layers",
] satisfies CheckKind[]);

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|py|pyi|pyw|ipynb)$/;

/** Whether a file is code in a language that is parsed, by its name. */
export function isSource(path: string): boolean {
  return SOURCE.test(path);
}

/** Where Python looks for it: https://peps.python.org/pep-0263/ */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
/** Encodings in which ASCII is ASCII: what they spell otherwise is in strings and comments alone. */
const HARMLESS = /^(?:utf-?8(?:-sig)?|(?:us-)?ascii|latin-?1|iso-?8859-\d{1,2}|(?:cp|windows-)125\d|koi8-[rtu])$/;

/** Null where the file was read. */
export function unreadHit(file: ChangedFile): Hit | null {
  if (!isSource(file.path)) return null;
  if (file.unread === "too-large")
    return hitOf(file, {
      what: "is larger than 1024 KiB, so that nobody looked into it",
      subject: "too-large",
      line: null,
    });
  const found = /\.pyw?$/.test(file.path) ? oddEncoding(file.text ?? "") : null;
  if (found === null) return null;
  return hitOf(file, { what: `is written in ${found.name}, which is not read`, subject: found.name, line: found.line });
}

function oddEncoding(text: string): { readonly name: string; readonly line: number } | null {
  const lines = text.split(/\r\n|\r|\n/, 2);
  for (const [at, line] of lines.entries()) {
    const name = COOKIE.exec(line)?.[1];
    if (name !== undefined)
      return HARMLESS.test(name.toLowerCase().replaceAll("_", "-")) ? null : { name, line: at + 1 };
    // A second line counts only after a comment or nothing.
    if (!/^[ \t\f\u{feff}]*(?:#.*)?$/u.test(line)) return null;
  }
  return null;
}

interface Found {
  readonly what: string;
  readonly subject: string;
  readonly line: number | null;
}

function hitOf({ path }: ChangedFile, { what, subject, line }: Found): Hit {
  return {
    message: what,
    hint: "Split it, or write it in UTF-8. What a tool made can be taken out of the rule's scope, or be an exception.",
    path,
    line,
    column: null,
    subject,
    onlyWarns: false,
  };
}
