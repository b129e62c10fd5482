import { describe, expect, it } from "vitest";
import type { TermFileName } from "../../src/kit/rules/rule-context.ts";
import { describeProblem } from "../../src/registry/registry-error.ts";
import { readTermFile } from "../../src/registry/terms/read-term-file.ts";

function read(rows: string, vocabulary: TermFileName = "targetedAudiences") {
  const { table, problems } = readTermFile(new TextEncoder().encode(rows), vocabulary, "t.csv");
  return { table: Object.fromEntries(table), problems: problems.map(describeProblem) };
}
const header = "partner_term,our_term,note\n";

describe("a valid file", () => {
  it("several rows map to several terms; an empty term is a decision to ignore", () => {
    const rows = `${header}Collectivités - Institutions,commune,\nCollectivités - Institutions,epci,\n\nTouriste,,out of scope (2026-02)\n`;
    expect(read(rows)).toEqual({ table: { "collectivites - institutions": ["commune", "epci"], touriste: [] }, problems: [] });
  });
  it("BOM, Windows line ends, quotes, a line break in a note", () => {
    const rows = `\ufeffpartner_term,our_term,note\r\n"Cuir, luxe",farmer,"two\r\nlines"\r\nAutre,nope,\r\n`;
    expect(read(rows)).toEqual({ table: { "cuir, luxe": ["farmer"] }, problems: ['t.csv:4: "nope" is not a term of targetedAudiences'] });
  });
  it("files of open vocabularies", () => {
    expect(read(`${header}22,ADEME|385290309,\n53,Agence de l'eau,\n`, "financers").problems).toEqual([]);
    expect(read(`${header}Landes,department:40,\nDOM,region:01,\nDOM,region:02,\n`, "perimeters").problems).toEqual([]);
  });
});

describe("problems name the file and the line", () => {
  it.each<[string, string, TermFileName | undefined, string]>([
    [
      "2021-02-09, an unknown target: the nearest is named",
      "Asso,asociation,\n",
      undefined,
      't.csv:2: "asociation" is not a term of targetedAudiences, did you mean association?',
    ],
    [
      "our label is no slug",
      "Asso,Associations,\n",
      undefined,
      't.csv:2: "Associations" is not a term of targetedAudiences, did you mean association?',
    ],
    [
      "the other spelling of a slug",
      "Ent,private_sector,\n",
      undefined,
      't.csv:2: "private_sector" is not a term of targetedAudiences, did you mean private-sector?',
    ],
    ["a repeated row", "A,farmer,\na ,farmer,\n", undefined, 't.csv:3: "a" to "farmer" is repeated'],
    ["mapped and ignored", "A,farmer,\nA,,\n", undefined, 't.csv:3: "A" is both mapped and ignored'],
    ["ignored and mapped", "A,,\nA,farmer,\n", undefined, 't.csv:3: "A" is both ignored and mapped'],
    ["ignored twice", "A,,\nA,,\n", undefined, 't.csv:3: "A" is repeated'],
    ["a missing cell", "A,farmer\n", undefined, "t.csv:2: has 2 cells, must have 3 (quote a term that contains a comma)"],
    [
      "a comma that is not quoted",
      "Cuir, luxe,farmer,\n",
      undefined,
      "t.csv:2: has 4 cells, must have 3 (quote a term that contains a comma)",
    ],
    ["no term", ",farmer,\n", undefined, "t.csv:2: has no partner_term"],
    ["an open quote", 'A,farmer,\n"B,farmer,\n', undefined, "t.csv:3: Quoted field unterminated"],
    ["two recurrences for one term", "A,oneoff,\nA,ongoing,\n", "recurrence", 't.csv:3: "A" has two terms, but recurrence allows one'],
    ["a SIREN of eight digits", "A,ADEME|38529030,\n", "financers", 't.csv:2: "38529030" is not a SIREN (nine digits)'],
    ["a code without its scale", "A,75,\n", "perimeters", 't.csv:2: "75" must be scale:code (region:11)'],
    ["an unknown territory", "A,region:99,\n", "perimeters", 't.csv:2: unknown territory "region:99"'],
  ])("%s", (_, rows, vocabulary, problem) => {
    expect(read(header + rows, vocabulary).problems).toEqual([problem]);
  });

  it("accepts a commune of the past, so that a new edition of the territories stops no connector", () => {
    expect(read(`${header}A,commune:01091,\n`, "perimeters").problems).toEqual([]);
  });

  it.each([
    ["another header", "term,slug,note\nA,farmer,\n"],
    ["semicolons", "partner_term;our_term;note\nA;farmer;\n"],
    ["nothing at all", ""],
  ])("%s", (_, rows) => {
    expect(read(rows).problems.join()).toContain("the first row must be partner_term,our_term,note");
  });

  it("windows-1252", () => {
    const bytes = Uint8Array.from([...header].map((character) => character.charCodeAt(0)).concat(0xe9, 0x2c, 0x2c, 0x0a));
    expect(readTermFile(bytes, "targetedAudiences", "t.csv").problems).toEqual([{ file: "t.csv", line: 1, message: "is not UTF-8" }]);
  });

  it("every invalid row is named, not only the first", () => {
    expect(read(`${header}A,x,\nB,y,\n`).problems).toHaveLength(2);
  });
});
