/** Which parts of the repository may import which. Imports of types count as well: they tie the parts together all the same. */
import type { Check } from "../check.ts";
import { reached, treeOf } from "../paths.ts";
import type { Hit } from "../violation.ts";

export const layers: Check<"layers"> = ({ check, files, change, around }) => {
  const tree = treeOf(change.tree);
  return files.flatMap((file): readonly Hit[] => {
    const layer = check.layers.find(({ from }) => around.fits(file.path, [from]));
    const facts = layer === undefined ? null : around.facts(file);
    if (layer === undefined || facts === null) return [];
    return facts.imports.flatMap((each) =>
      reached(file.path, each, { tree, language: facts.language })
        .filter((target) => !around.fits(target, [layer.from, ...layer.may_import]))
        .map((target) => ({
          message: `imports ${target}, which ${layer.from} may not`,
          hint:
            layer.may_import.length === 0
              ? `${layer.from} imports nothing else of the repository: hand the value in, or move the code.`
              : `It may import ${layer.may_import.join(", ")}. Hand the value in, or move the code to where both may reach it.`,
          path: file.path,
          line: each.line,
          column: each.column,
          subject: target,
          onlyWarns: false,
        })),
    );
  });
};
