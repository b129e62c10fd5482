import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { money } from "../../../src/kit/rules/amounts.ts";
import { readValue } from "../../support/read-value.ts";

function read(text: unknown) {
  const { value, codes } = readValue(money("plafond"), { plafond: text });
  return [value, ...codes];
}

describe("an amount as publishers write it", () => {
  it.each([
    ["1 500,00 €", 1500],
    ["1\u00a0500 €", 1500],
    ["1\u202f500,50\u202f€", 1500.5],
    ["2.200.000 €", 2_200_000],
    ["1,500.00", 1500],
    ["1,500", 1500],
    ["3.000", 3000],
    ["1'500 €", 1500],
    ["3 530 000 euros", 3_530_000],
    ["6 millions d'euros", 6_000_000],
    ["6 millions d’euros", 6_000_000],
    ["1,5 million d'euros", 1_500_000],
    ["1,250 M€", 1_250_000],
    ["15 k€", 15_000],
    ["15K€", 15_000],
    ["1,5 M€", 1_500_000],
    ["2 Md€", 2_000_000_000],
    ["€ 1,500", 1500],
    ["Min. 3.000 € par projet", 3000],
    ["20 % plafonné à 3 000 €", 3000],
    ["2 projets au plus, 3 000 € chacun", 3000],
    ["de 1 500 à 3 000 €", 3000],
    ["entre 1 500 € et 3 000 €", 3000],
    ["1 500 € - 3 000 €", 3000],
    ["1 à 2 M€", 2_000_000],
    ["0", 0],
    [1500, 1500],
    [3.125, 3.125],
    ["1500.5", 1500.5],
    ["150", 150],
  ])("%s is %d", (text, euros) => {
    expect(read(text)).toEqual([euros]);
  });
});

describe("texts that are not amounts in euros", () => {
  it.each([
    ["Île-de-France's 150 00 €", "150 00 €", "unreadable-amount"],
    ["a group of four", "1 5000 €", "unreadable-amount"],
    ["mixed groups", "1.500 000 €", "unreadable-amount"],
    ["a phone number", "02 69 63 00 48", "unreadable-amount"],
    ["negative", "-500 €", "unreadable-amount"],
    ["negative, typographic", "−500 €", "unreadable-amount"],
    ["a negative number", -500, "unreadable-amount"],
    ["words", "non précisé", "unreadable-amount"],
    ["a rate", "50 %", "unreadable-amount"],
    ["two amounts that are not a range", "500 000 € de budget, 15 000 € par projet", "unreadable-amount"],
    ["two bare numbers", "3 projets de 500", "unreadable-amount"],
    ["dollars", "$ 300", "foreign-currency"],
    ["dollars", "300 USD", "foreign-currency"],
    ["pounds", "£1,000", "foreign-currency"],
    ["Swiss francs", "1 000 CHF", "foreign-currency"],
    ["francs CFA", "1 000 000 FCFA", "foreign-currency"],
    ["francs CFA", "1 000 000 F CFA", "foreign-currency"],
    ["an object", { value: 3 }, "unexpected-value"],
  ])("%s: %j", (_, text, code) => {
    expect(read(text)).toEqual([null, code]);
  });

  it.each(["", "  ", null, undefined, []])("%j is empty, without an issue", (nothing) => {
    expect(read(nothing)).toEqual([null]);
  });
});

it("reads any whole amount in French notation", () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), fc.constantFrom(" ", "\u00a0", "\u202f", "."), (euros, separator) => {
      const written = String(euros).replace(/\B(?=(\d{3})+$)/g, separator);
      expect(read(`${written} €`)).toEqual([euros]);
    }),
  );
});

it("never throws and never returns a negative amount", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789 .,-€k$%àM'") }), (text) => {
      const [value] = read(text);
      expect(value === null || (typeof value === "number" && value >= 0)).toBe(true);
    }),
  );
});
