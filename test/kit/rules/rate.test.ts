import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rate } from "../../../src/kit/rules/amounts.ts";
import { readValue } from "../../support/read-value.ts";

function read(text: unknown, written?: "templatePair") {
  const options = written === undefined ? {} : { written };
  const lower = readValue(rate("taux", { bound: "lower", ...options }), { taux: text });
  const upper = readValue(rate("taux", { bound: "upper", ...options }), { taux: text });
  return [lower.value, upper.value, ...new Set([...lower.codes, ...upper.codes])];
}

describe("a rate as publishers write it", () => {
  it.each([
    ["10 à 20 %", 10, 20],
    ["10 % à 20 %", 10, 20],
    ["10-20%", 10, 20],
    ["10 – 20 %", 10, 20],
    ["entre 50% et 95%", 50, 95],
    ["de 20 à 10 %", 10, 20],
    ["50%", null, 50],
    ["50 pour cent", null, 50],
    ["50 % maximum", null, 50],
    ["Jusqu'à 80%", null, 80],
    ["jusqu’à 80 %", null, 80],
    ["minimum 20 %", 20, null],
    ["au moins 20 %", 20, null],
    ["min 20 %, max 50 %", 20, 50],
    ["taux : 30", null, 30],
    ["45,5 %", null, 45.5],
    ["0,5 %", null, 0.5],
    ["30 % pour 2 projets", null, 30],
    ["80 % dans la limite de 3 000 €", null, 80],
    ["100 %", null, 100],
    ["0", null, 0],
    [45.5, null, 45.5],
    [30, null, 30],
  ])("%s is %s to %s", (text, lower, upper) => {
    expect(read(text)).toEqual([lower, upper]);
  });

  it.each([
    ["120 %", null, null, "rate-out-of-range"],
    ["10 à 120 %", 10, null, "rate-out-of-range"],
    ["-5 %", null, null, "rate-out-of-range"],
    ["variable", null, null, "unreadable-rate"],
    ["3 000 €", null, null, "unreadable-rate"],
    ["20 %, 30 % pour les associations", null, null, "unreadable-rate"],
    ["0,5", null, null, "unreadable-rate"],
    [0.5, null, null, "unreadable-rate"],
    [1, null, null, "unreadable-rate"],
  ])("%s is an issue", (text, lower, upper, code) => {
    expect(read(text)).toEqual([lower, upper, code]);
  });

  it.each(["", null, undefined])("%j is empty", (nothing) => {
    expect(read(nothing)).toEqual([null, null]);
  });
});

describe("the manual template's pair", () => {
  it.each([
    ["10,22", 10, 22],
    [10.22, 10, 22],
    ["10.22", 10, 22],
    [10.2, 10, 20],
    ["10,2", 10, 20],
    ["10, 22", 10, 22],
    ["5, 8", 5, 8],
    ["10;22", 10, 22],
    ["0,50", 0, 50],
    [0.5, 0, 50],
    ["50,100", 50, 100],
    ["20", null, 20],
    [20, null, 20],
    ["10,22 %", 10, 22],
    ["10 à 22 %", 10, 22],
  ])("%s is %s to %s", (text, lower, upper) => {
    expect(read(text, "templatePair")).toEqual([lower, upper]);
  });

  it.each([
    [20.1, "unreadable-rate"],
    ["50,1", "unreadable-rate"],
    ["22, 10", "unreadable-rate"],
    ["10,22,30", "unreadable-rate"],
    ["variable", "unreadable-rate"],
  ])("%s is an issue", (text, code) => {
    expect(read(text, "templatePair")).toEqual([null, null, code]);
  });

  it("a text and the number that a spreadsheet converts it to are the same rates", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 98 }), fc.integer({ min: 10, max: 99 }), (lower, upper) => {
        fc.pre(lower <= upper);
        expect(read(Number(`${lower}.${upper}`), "templatePair")).toEqual([lower, upper]);
        expect(read(`${lower},${upper}`, "templatePair")).toEqual([lower, upper]);
      }),
    );
  });
});
