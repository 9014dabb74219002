import { describe, expect, test } from "vitest";
import {
  isCurrencyName,
  isIdName,
  isMoneyPattern,
  isTimeName,
  isVolatileName,
  leafName,
  wordsOf,
} from "../../../core/compare/names.ts";

test.each([
  ["unitPrice", ["unit", "price"]],
  ["unit_price", ["unit", "price"]],
  ["unit-price", ["unit", "price"]],
  ["HTTPStatus", ["http", "status"]],
  ["orderID", ["order", "id"]],
  ["__x__", ["x"]],
  ["", []],
])("the words of %j are %j", (name, expected) => {
  expect(wordsOf(name)).toEqual(expected);
});

test.each([
  ["$.items[*].price", "price"],
  ["$.total[*]", "total"],
  ['$["unit price"]', "unit price"],
  ["$.prices.*", "prices"],
  ["$", ""],
])("the last field name of %s is %j", (pattern, expected) => {
  expect(leafName(pattern)).toBe(expected);
});

describe("a pattern speaks of money or not", () => {
  test.each([
    ["$.cart.total", true],
    ["$.items[*].unitPrice", true],
    ["$.price.value", true],
    ["$.balance", true],
    ["$.meta.total_pages", false],
    ["$.pagination.total", false],
    ["$.payment_id", false],
    ["$.paid_at", false],
    ["$.total_count", false],
    ["$.name", false],
    ["$.value", false],
  ])("%s: %s", (pattern, expected) => {
    expect(isMoneyPattern(pattern)).toBe(expected);
  });
});

test.each([
  ["id", ["id"]],
  ["orderId", ["id"]],
  ["request_id", ["id", "volatile"]],
  ["identity", []],
  ["csrfToken", ["volatile"]],
  ["updatedAt", ["time"]],
  ["estate", []],
  ["currencyCode", ["id", "currency"]],
])("%s is a name of the kinds %j", (name, expected) => {
  const kinds = { id: isIdName, volatile: isVolatileName, time: isTimeName, currency: isCurrencyName };
  expect(Object.entries(kinds).flatMap(([kind, is]) => (is(name) ? [kind] : []))).toEqual(expected);
});
