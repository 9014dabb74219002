import { describe, expect, it, test } from "vitest";
import { csvTexts } from "../../../../core/compare/formats/csv.ts";
import { compared, sides } from "./texts.ts";

const table = "id,name,price\n1,Ada,1.50\n2,Bo,2.00\n3,Cy,3.25\n";

describe("two tables", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["line ends and quotes", table, '"id","name","price"\r\n1,"Ada",1.50\r\n2,Bo,2\r\n3,Cy,3.250', []],
    ["columns in another order", table, "price,id,name\n1.50,1,Ada\n2.00,2,Bo\n3.25,3,Cy", []],
    [
      "a column that is gone",
      table,
      "id,name\n1,Ada\n2,Bo\n3,Cy",
      ["missing $[0].price", "missing $[1].price", "missing $[2].price"],
    ],
    ["a row that is gone", table, "id,name,price\n1,Ada,1.50\n3,Cy,3.25", ["missing $[1] item"]],
    ["a cell", table, table.replace("Bo", "Bob"), ["value $[1].name"]],
    ["a word among numbers", table, table.replace("2.00", "n/a"), ["type $[1].price"]],
    ["a number that is gone", table, table.replace("2.00", ""), ["type $[1].price"]],
    ["a comma, quotes and a line end in a cell", 'a,b\n"1,2","x ""y""\nz"', 'a,b\n"1,2","x ""y""\nz"\n', []],
    ["no header", "1,2\n3,4", "1,2\n3,5", ["value $[1][1]"]],
    ["semicolons", "a;b\nx;1", "a;b\nx;2", ["value $[0].b"]],
  ])("%s", (...[, reference, shadow, expected]) => {
    expect(compared(csvTexts(sides(reference, shadow)))).toEqual(expected);
  });

  it("takes the media type's word on a header", () => {
    expect(compared(csvTexts(sides("a,b\nx,y", "a,c\nx,y"), false))).toEqual(["value $[0][1]"]);
  });

  it("leaves out the row that a cut went through", () => {
    expect(compared(csvTexts(sides("a,b\nx,1\ny,2", "a,b\nx,1\ny", true)))).toEqual([]);
  });
});
