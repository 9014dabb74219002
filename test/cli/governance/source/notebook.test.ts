/** Cells of notebooks as Python: which of them, and the line of the file that each of their lines stands on. */
import { describe, expect, test } from "vitest";
import { notebookOf } from "../../../../cli/governance/source/notebook.ts";

const code = (...source: readonly string[]) => ({ cell_type: "code", source });
const file = (cells: readonly unknown[], metadata: unknown = {}) => JSON.stringify({ cells, metadata }, null, 1);

describe("notebookOf", () => {
  test("joins the cells with code, and each line knows its own in the file", () => {
    const text = file([{ cell_type: "markdown", source: ["import no"] }, code("import a\n", "a.b()"), code("a.b()")]);
    const found = notebookOf(text) ?? expect.fail("no notebook");
    expect(found.text).toBe("import a\na.b()\na.b()");
    const lines = text.split("\n");
    expect(found.lines.map((line) => lines[line - 1]?.trim())).toEqual(['"import a\\n",', '"a.b()"', '"a.b()"']);
    expect(new Set(found.lines).size).toBe(3);
  });

  test("empties magic, shell and question lines, and drops cells of other languages", () => {
    const found = notebookOf(
      file([
        code("%matplotlib inline\n", "!pip install x\n", "a?\n", "b()"),
        code("%%bash\n", "c"),
        code("%%time\nd()"),
      ]),
    );
    expect(found?.text).toBe("\n\n\nb()\n\nd()");
    expect(found?.lines).toHaveLength(6);
  });

  test.each([
    ["no metadata", undefined, true],
    ["python by its kernel", { kernelspec: { language: "python" } }, true],
    ["R by its language", { language_info: { name: "R" }, kernelspec: { language: "python" } }, false],
  ])("%s", (_name, metadata, isRead) => {
    expect(notebookOf(JSON.stringify({ cells: [code("a()")], metadata })) !== null).toBe(isRead);
  });

  test.each(["", "{", "[]", "null", "1"])("is null for %j", (text) => {
    expect(notebookOf(text)).toBeNull();
  });

  test("a notebook without cells, or with cells of another form, is empty", () => {
    expect(notebookOf("{}")?.lines).toEqual([]);
    expect(notebookOf(file([1, { cell_type: "code" }, { cell_type: "code", source: 3 }]))?.lines).toEqual([]);
  });
});
