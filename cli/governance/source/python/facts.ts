/** Facts of Python. */
import { namesAsRead } from "../../../../core/governance/python-names.ts";
import type { Place, SourceFacts, StringFact } from "../../../../core/governance/source.ts";
import { placesIn } from "../places.ts";
import { pyCalls } from "./calls.ts";
import { pyFunctions } from "./functions.ts";
import { type PyText, pyImports, pyNames } from "./imports.ts";
import { literalText, type PyNode, pythonTree } from "./tree.ts";
import { pyTypes } from "./types.ts";

export function pythonFacts(written: string): SourceFacts {
  const text = namesAsRead(written);
  const { nodes, stoppedAt } = pythonTree(text);
  const source: PyText = { nodes, text, placeAt: placesIn(text) };
  const names = pyNames(source);
  const functions = pyFunctions(source, names);
  return {
    language: "python",
    imports: pyImports(source, names),
    calls: pyCalls(source, names, functions),
    functions: functions.facts,
    ...pyTypes(source, names),
    strings: stringsOf(source),
    unparsed: firstError(source, stoppedAt),
  };
}

function stringsOf({ nodes, text, placeAt }: PyText): readonly StringFact[] {
  return nodes.flatMap((node) => {
    const value = node.name === "String" ? literalText(node, text) : null;
    return value === null ? [] : [{ value, ...placeAt(node.from) }];
  });
}

function firstError({ nodes, text, placeAt }: PyText, stoppedAt: number | null): Place | null {
  const error = nodes.find((node) => node.isError && !isGap(node, text));
  if (error !== undefined) return placeAt(error.from);
  return stoppedAt === null ? null : placeAt(stoppedAt);
}

/** Python that the grammar does not know and reads rightly all the same: a bare `yield`, a number that ends in its point. */
function isGap({ from, parent }: PyNode, text: string): boolean {
  if (parent?.name === "MemberExpression" && parent.children[0]?.name === "Number") return true;
  return (
    parent?.name === "YieldStatement" ||
    parent?.name === "YieldExpression" ||
    text
      .slice(from - 20, from)
      .trimEnd()
      .endsWith("yield")
  );
}
