/** Packages that code in scope must not import. Names in comments, strings and other modules' names are no imports. */
import type { ChangedFile } from "../change.ts";
import type { Check, CheckInput } from "../check.ts";
import { longestPart, mentions } from "../mentions.ts";
import type { ImportFact } from "../source.ts";
import { unsureHits } from "../unsure.ts";
import type { Hit } from "../violation.ts";

export const forbiddenImports: Check<"forbidden-imports"> = (input) => {
  const words = input.check.modules.map((module) => longestPart(module));
  return input.files.filter((file) => mentions(file, words)).flatMap((file) => hitsIn(file, input));
};

function hitsIn(file: ChangedFile, { check, around }: CheckInput<"forbidden-imports">): readonly Hit[] {
  const facts = around.facts(file);
  if (facts === null) return [];
  const isPython = facts.language === "python";
  const found = facts.imports
    .filter(({ typeOnly }) => !(typeOnly && check.allow_type_only))
    .flatMap((each) => {
      const module = check.modules.find((wanted) => imports(each, wanted, isPython));
      return module === undefined ? [] : [hitOf(file.path, each, module)];
    });
  return [...found, ...unsureHits(file, facts, check.modules.map(withoutStar))];
}

function withoutStar(module: string): string {
  return module.endsWith("/*") ? module.slice(0, -2) : module;
}

/** `from sklearn import ensemble` imports `sklearn.ensemble` as well. */
function imports({ module, names }: ImportFact, wanted: string, isPython: boolean): boolean {
  if (isModule(module, wanted, isPython)) return true;
  return isPython && names.some((name) => isModule(`${module}.${name}`, wanted, true));
}

/** The package itself or something below it. A path of the repository is never a package. */
export function isModule(module: string, wanted: string, isPython: boolean): boolean {
  if (module.startsWith(".") || module.startsWith("/")) return false;
  const name = module.replace(/^(?:npm|jsr):\/?/, "");
  const bare = isPython ? name : withoutVersion(name);
  if (wanted.endsWith("/*")) return bare.startsWith(wanted.slice(0, -1));
  return bare === wanted || bare.startsWith(isPython ? `${wanted}.` : `${wanted}/`);
}

/** `npm:torch@1.2/sub` of Deno. */
function withoutVersion(name: string): string {
  const at = name.indexOf("@", 1);
  if (at === -1) return name;
  const rest = name.indexOf("/", at);
  return name.slice(0, at) + (rest === -1 ? "" : name.slice(rest));
}

function hitOf(path: string, { module, line, column, dynamic }: ImportFact, wanted: string): Hit {
  return {
    message: `imports ${module}${dynamic ? " while it runs" : ""}, which is forbidden here`,
    hint: `Move what needs ${withoutStar(wanted)} out of this path (a job, a service of its own), or take the import away.`,
    path,
    line,
    column,
    subject: wanted,
    onlyWarns: false,
  };
}
