/**
 * Fields that schemas and models of given names must have: their own at any depth, those of the types they are made of, and of the types of their
 * fields, in the same file or in another of the repository. A base from elsewhere may have them, so then it only warns.
 */
import { fitsWildcard } from "../callees.ts";
import type { ChangedFile } from "../change.ts";
import type { Check, CheckInput } from "../check.ts";
import { longestPart, mentionsFitting } from "../mentions.ts";
import { reached, treeOf } from "../paths.ts";
import type { SourceFacts, TypeFact, TypeUse } from "../source.ts";
import { unsureHits } from "../unsure.ts";
import type { Hit } from "../violation.ts";

type Input = CheckInput<"required-fields">;

/** From a type to the types it is made of, and so on. */
const MAX_STEPS = 200;

/** Packages whose base classes have no fields of a response: they only make a class a model. */
const PLAIN_BASES =
  /^(?:pydantic|typing|typing_extensions|dataclasses|abc|enum|msgspec|attrs?|marshmallow|rest_framework|sqlmodel|collections|zod|zod\/.*|@sinclair\/typebox|valibot|yup|joi|ninja|strawberry|graphene)(?:\.|$)/;

export const requiredFields: Check<"required-fields"> = (input) => {
  const { around, change } = input;
  const where: Where = { around, change, others: new Map() };
  const words = input.check.owners.map((owner) => longestPart(owner, /\*/));
  const named = input.files.filter((file) => mentionsFitting(file, input.check.owners));
  return named.flatMap((file) => {
    const facts = input.around.facts(file);
    if (facts === null) return [];
    const types = facts.types.filter(({ name }) => input.check.owners.some((owner) => fitsWildcard(name, owner)));
    const hits = types.flatMap((type) => missingOf({ type, facts, file }, where, input.check.fields));
    return [...hits, ...unsureHits(file, facts, words)];
  });
};

/** Where to look for types of other files. */
interface Where {
  readonly around: Input["around"];
  readonly change: Input["change"];
  readonly others: Map<string, ChangedFile | null>;
}

/** A type with the file it is in. */
interface Found {
  readonly type: TypeFact;
  readonly facts: SourceFacts;
  readonly file: ChangedFile;
}

function missingOf(found: Found, where: Where, wanted: readonly string[]): readonly Hit[] {
  const { fields, unknown } = allFields(found, where);
  return wanted
    .filter((field) => !fields.has(field))
    .map((field) => ({
      message:
        unknown === null
          ? `${found.type.name} has no field ${field}`
          : `${found.type.name} has no field ${field} of its own, and ${unknown} could not be looked at`,
      hint: `Add ${field} to it, so that whoever reads the answer knows what it is of.`,
      path: found.file.path,
      line: found.type.line,
      column: found.type.column,
      subject: `${found.type.name}.${field}`,
      onlyWarns: unknown !== null,
    }));
}

interface Fields {
  readonly fields: ReadonlySet<string>;
  /** A base that was not found, if there is one. */
  readonly unknown: string | null;
}

function allFields(start: Found, where: Where): Fields {
  const fields = new Set<string>();
  const seen = new Set<TypeFact>();
  const waiting: Found[] = [start];
  let unknown: string | null = null;
  for (let found = waiting.pop(); found !== undefined && seen.size < MAX_STEPS; found = waiting.pop()) {
    if (seen.has(found.type)) continue;
    seen.add(found.type);
    for (const field of found.type.fields) fields.add(field);
    for (const use of found.type.uses) {
      const next = typesFor(use, found, where);
      if (next.length === 0 && isUnknownBase(use, found)) unknown ??= use.name;
      waiting.push(...next);
    }
  }
  return { fields, unknown };
}

function isUnknownBase({ name, from, isBase }: TypeUse, { type }: Found): boolean {
  if (!isBase || name === type.name) return false;
  return from !== null && !PLAIN_BASES.test(from);
}

function typesFor({ name, from }: TypeUse, { facts, file }: Found, where: Where): readonly Found[] {
  const last = name.split(".").at(-1) ?? name;
  if (from === null) return facts.types.filter((type) => type.name === name).map((type) => ({ type, facts, file }));
  const module = { module: from, names: [], typeOnly: false, dynamic: false, line: 1, column: 1 };
  return reached(file.path, module, { tree: treeOf(where.change.tree), language: facts.language }).flatMap((path) => {
    const other = otherFile(path, where);
    const read = other === null ? null : where.around.facts(other);
    if (other === null || read === null) return [];
    return read.types.filter((type) => type.name === last).map((type) => ({ type, facts: read, file: other }));
  });
}

/** The same object each time, since facts are kept by it. */
function otherFile(path: string, { around, change, others }: Where): ChangedFile | null {
  const known = others.get(path);
  if (known !== undefined) return known;
  const file = fileNamed(path, change) ?? unchanged(path, around.read(path));
  others.set(path, file);
  return file;
}

const byPaths = new WeakMap<readonly ChangedFile[], ReadonlyMap<string, ChangedFile>>();

function fileNamed(path: string, { files }: Input["change"]): ChangedFile | undefined {
  const byPath = byPaths.get(files) ?? new Map(files.map((file) => [file.path, file]));
  byPaths.set(files, byPath);
  return byPath.get(path);
}

function unchanged(path: string, text: string | null): ChangedFile | null {
  if (text === null) return null;
  return {
    path,
    status: "unchanged",
    oldPath: null,
    text,
    unread: null,
    baseText: text,
    added: 0,
    removed: 0,
    changedLines: null,
  };
}
