/**
 * Models that are loaded, or kept, without a signature that was checked. A bare load call only warns: whether its file was checked elsewhere cannot
 * be seen. A model file in the repository without a signature beside it, or with one older than itself, is plain to see and counts.
 */
import { isCallTo, isInside, isNamed, unitOf, wrappersAround } from "../callees.ts";
import type { ChangedFile } from "../change.ts";
import type { Check, CheckInput } from "../check.ts";
import { longestPart, mentions } from "../mentions.ts";
import type { CallFact, SourceFacts } from "../source.ts";
import { unsureHits } from "../unsure.ts";
import type { Hit } from "../violation.ts";

type Input = CheckInput<"model-loads">;

/** Lists of checksums that may be signed as a whole, in the folder of the model or one above it. */
const MANIFESTS = ["SHA256SUMS", "SHA512SUMS", "checksums.txt", "manifest.json"];

/** Signs the whole folder it is in: https://github.com/sigstore/model-transparency */
const FOLDER_SIGNATURE = "model.sig";

export const modelLoads: Check<"model-loads"> = (input) => [...bareLoads(input), ...unsignedModels(input)];

function bareLoads({ check, files, around }: Input): readonly Hit[] {
  const words = check.calls.map((name) => name.split("(")[0]?.split(".").at(-1) ?? "");
  const loads = words.map((word) => `.${word}(`);
  const named = [...check.calls.map((name) => longestPart(name)), ...loads];
  const read = files.filter((file) => mentions(file, named));
  return read.flatMap((file) => {
    const facts = around.facts(file);
    if (facts === null) return [];
    const checks = facts.calls.filter((call) => isCallTo(call, check.verified_by));
    const bare = facts.calls
      .filter((call) => call.imported && isCallTo(call, check.calls))
      .filter((call) => !isVerified(call, checks, { facts, verifiers: check.verified_by }));
    return [...bare.map((call) => loadHit(file.path, call)), ...unsureHits(file, facts, loads)];
  });
}

/** After a call that checks, in the same function or one around it. */
function isVerified(
  load: CallFact,
  checks: readonly CallFact[],
  { facts, verifiers }: { readonly facts: SourceFacts; readonly verifiers: readonly string[] },
): boolean {
  const unit = unitOf(facts.functions, load.scope);
  if (wrappersAround(facts, load.scope).some((wrapper) => verifiers.some((name) => isNamed(wrapper, name))))
    return true;
  return checks.some(
    (check) => isBefore(check, load) && isInside(facts.functions, unit, unitOf(facts.functions, check.scope)),
  );
}

function isBefore(one: CallFact, other: CallFact): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

function loadHit(path: string, { callee, line, column }: CallFact): Hit {
  return {
    message: `loads a model with ${callee} and no check of its signature before it`,
    hint: "Check the signature in the same function, before the file is read; then this is silent.",
    path,
    line,
    column,
    subject: callee,
    onlyWarns: true,
  };
}

function unsignedModels({ check, change, files, around }: Input): readonly Hit[] {
  const models = files.filter(({ path }) => around.fits(path, check.artifacts));
  // Most changes have none, and lists of everything are only made for those that do.
  if (models.length === 0) return [];
  const tree = new Set(change.tree);
  const touched = new Set(change.files.filter(({ status }) => status !== "unchanged").map(({ path }) => path));
  return models.flatMap((file) => {
    const signatures = signaturesOf(file.path, check.signatures).filter((path) => tree.has(path));
    if (signatures.length === 0 && !isListed(file.path, tree, { check, around }))
      return [artifactHit(file, "has no signature")];
    return file.status === "modified" && signatures.length > 0 && !signatures.some((path) => touched.has(path))
      ? [artifactHit(file, "changed, and its signature did not")]
      : [];
  });
}

function signaturesOf(path: string, endings: readonly string[]): readonly string[] {
  return endings.map((ending) => `${path}${ending}`);
}

/** Whether a list that is signed itself names the file. */
function isListed(
  path: string,
  tree: ReadonlySet<string>,
  { check, around }: Pick<Input, "check" | "around">,
): boolean {
  return foldersOf(path).some(
    (folder) =>
      tree.has(`${folder}${FOLDER_SIGNATURE}`) ||
      MANIFESTS.map((name) => `${folder}${name}`)
        .filter((list) => tree.has(list) && signaturesOf(list, check.signatures).some((each) => tree.has(each)))
        .some((list) => names(around.read(list), path.slice(folder.length))),
  );
}

function names(manifest: string | null, file: string): boolean {
  return (manifest ?? "").split(/[\s"'*]+/).some((word) => word === file || word === `./${file}`);
}

/** `a/b/`, `a/` and the root for `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return [...parts.map((_, at) => `${parts.slice(0, at + 1).join("/")}/`).toReversed(), ""];
}

function artifactHit({ path }: ChangedFile, what: string): Hit {
  return {
    message: `is a model that ${what}`,
    hint: "Sign it (sigstore, minisign, GPG) and commit the signature beside it, or name it in a list of checksums that is signed.",
    path,
    line: null,
    column: null,
    subject: path.split("/").at(-1) ?? path,
    onlyWarns: false,
  };
}
