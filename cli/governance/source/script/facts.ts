/** Facts of TypeScript and JavaScript. */
import { type ParseResult, parseSync } from "oxc-parser";
import type { Place, SourceFacts, StringFact } from "../../../../core/governance/source.ts";
import { type PlaceAt, placesIn } from "../places.ts";
import { callsOf } from "./calls.ts";
import { functionsOf } from "./functions.ts";
import { importsOf, namesOf } from "./imports.ts";
import { isNode, literalOf, type Visit, visitsOf } from "./tree.ts";
import { typesOf } from "./types.ts";

const LANGUAGES = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  // Types in plain JavaScript (Flow's comments are comments) are refused by neither.
  ".js": "jsx",
  ".mjs": "jsx",
  ".cjs": "jsx",
  ".jsx": "jsx",
} as const;
export type ScriptEnding = keyof typeof LANGUAGES;

export function isScriptEnding(ending: string): ending is ScriptEnding {
  return Object.hasOwn(LANGUAGES, ending);
}

export function scriptFacts(text: string, ending: ScriptEnding): SourceFacts {
  const lang = LANGUAGES[ending];
  const language = lang === "ts" || lang === "tsx" ? "typescript" : "javascript";
  const parsed = parsedAs(text, lang, ending);
  const placeAt = placesIn(text);
  const program: unknown = parsed.program;
  const visits = isNode(program) ? visitsOf(program) : [];
  const reading = { names: namesOf(visits), placeAt };
  const functions = functionsOf(visits, reading);
  return {
    language,
    imports: importsOf(visits, placeAt),
    calls: callsOf(visits, { ...reading, functions }),
    functions: functions.facts,
    ...typesOf(visits, reading),
    strings: stringsOf(visits, placeAt),
    unparsed: firstError(parsed, placeAt),
  };
}

/** A `.js` file may be a script as well as a module: what neither `import` nor `await` say is tried the other way too. */
function parsedAs(text: string, lang: "ts" | "tsx" | "jsx", ending: ScriptEnding): ParseResult {
  const settings = { lang, preserveParens: false } as const;
  const module = parseSync(`source${ending}`, text, { ...settings, sourceType: "module" });
  if (module.errors.length === 0) return module;
  const script = parseSync(`source${ending}`, text, { ...settings, sourceType: "script" });
  return script.errors.length === 0 ? script : module;
}

function firstError(parsed: ParseResult, placeAt: PlaceAt): Place | null {
  const starts = parsed.errors.map(({ labels }) => labels[0]?.start ?? 0);
  return starts.length === 0 ? null : placeAt(Math.min(...starts));
}

function stringsOf(visits: readonly Visit[], placeAt: PlaceAt): readonly StringFact[] {
  return visits.flatMap(({ node }) => {
    const isText = node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node["value"] === "string");
    const value = isText ? literalOf(node) : null;
    return value === null ? [] : [{ value, ...placeAt(node.start) }];
  });
}
