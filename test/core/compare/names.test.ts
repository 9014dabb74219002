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
  ["id", true, false, false, false],
  ["orderId", true, false, false, false],
  ["request_id", true, true, false, false],
  ["identity", false, false, false, false],
  ["csrfToken", false, true, false, false],
  ["updatedAt", false, false, true, false],
  ["estate", false, false, false, false],
  ["currencyCode", true, false, false, true],
])("%s: id %s, volatile %s, time %s, currency %s", (name, id, volatile, time, currency) => {
  expect([isIdName(name), isVolatileName(name), isTimeName(name), isCurrencyName(name)]).toEqual([
    id,
    volatile,
    time,
    currency,
  ]);
});
