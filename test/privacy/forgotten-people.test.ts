import { describe, expect, test } from "vitest";
import { readForgotten } from "../../src/catalogue/forgetting/feed-cleaner.ts";
import { searchPatterns } from "../../src/catalogue/forgetting/forget-people.ts";
import { forgetIn } from "../../src/privacy/forget-in-value.ts";
import { forgottenPeople } from "../../src/privacy/forgotten-people.ts";
import { type Person, readPerson } from "../../src/privacy/person.ts";
import { personTrace } from "../../src/privacy/person-trace.ts";
import { withoutForgotten } from "../../src/privacy/without-forgotten.ts";

const key = "a key of the tests";
const traces = ["Mme Claire Dupont", "j.martin@exemple.fr", "04 75 00 00 01", "Jean-Pierre LE GOFF", "Élodie Œdel"].map((written) =>
  personTrace(read(written), key),
);
const people = forgottenPeople(traces, [key]);

function read(written: string): Person {
  const person = readPerson(written);
  if (person === null) throw new Error(written);
  return person;
}

describe("a person as typed", () => {
  test.each([
    ["Claire Dupont", { kind: "name", normalised: "claire dupont" }],
    ["DUPONT Claire", { kind: "name", normalised: "claire dupont" }],
    ["M. Jean-Pierre Le Goff", { kind: "name", normalised: "goff jean le pierre" }],
    ["Élodie OEDEL", { kind: "name", normalised: "elodie oedel" }],
    ["J.Martin@Exemple.fr", { kind: "email", normalised: "j.martin@exemple.fr" }],
    ["+33 (0)4 75 00 00 01", { kind: "phone", normalised: "+33475000001" }],
    ["0262 00 00 01", { kind: "phone", normalised: "+262262000001" }],
    ["Dupont", null],
    ["Mme Dupont", null],
    ["12", null],
    ["@exemple.fr", null],
    ["", null],
    ["un deux trois quatre cinq six sept", null],
  ])("%s", (written, person) => {
    expect(readPerson(written)).toEqual(person);
  });
});

describe("a text without forgotten people", () => {
  test.each([
    ["Mme Claire Dupont, accueil", "Mme [effacé], accueil"],
    ["DUPONT, Claire", "[effacé]"],
    ["claire-dupont et claire  dupont", "[effacé] et [effacé]"],
    ["<p>Mme <strong>Claire</strong>&nbsp;<b>DUPONT</b></p>", "<p>Mme <strong>[effacé]</strong>&nbsp;<b>[effacé]</b></p>"],
    ["<td>Dupont</td><td>Claire</td>", "<td>[effacé]</td><td>[effacé]</td>"],
    ["claire.dupont@exemple.fr ou cdurand@exemple.fr", "[effacé] ou cdurand@exemple.fr"],
    [
      "<a href='mailto:J.Martin%40exemple.fr'>écrire</a>, <a href='https://exemple.fr'>lire</a>",
      "écrire, <a href='https://exemple.fr'>lire</a>",
    ],
    ["<img alt='Claire Dupont' src='x'>", "<img alt='[effacé]' src='x'>"],
    ["j.martin (at) exemple.fr", "[effacé]"],
    ["0475000001 / 04.75.00.00.01 / +33 4 75 00 00 01 / 04 75 00 00 02", "[effacé] / [effacé] / [effacé] / 04 75 00 00 02"],
    ["Le Goff Jean Pierre", "[effacé]"],
    ["&Eacute;lodie &OElig;del et Élodie OEDEL", "[effacé] et [effacé]"],
    ['{"nom":"Claire\\u0020Dupont"}', '{"nom":"[effacé]"}'],
    ["https://exemple.fr/claire-dupont", ""],
    ["voir https://exemple.fr/claire-dupont", "voir https://exemple.fr/[effacé]"],
    ["Claire 2 Dupont", "Claire 2 Dupont"],
    ["Anne Dupont, Claire Durand", "Anne Dupont, Claire Durand"],
    ["SIRET 04750000010012", "SIRET 04750000010012"],
  ])("%s", (written, left) => {
    expect(withoutForgotten(written, traces, [key])).toBe(left);
    expect(withoutForgotten(left, traces, [key])).toBe(left);
  });

  test("in a record, in one member or in several; a value that names nobody is returned itself", () => {
    const clean = { titre: "Une aide", nom: "Durand", prenom: "Claire", liste: ["a", { b: null, c: 3 }] };
    expect(forgetIn(clean, people)).toBe(clean);
    expect(forgetIn({ ...clean, nom: "DUPONT" }, people)).toEqual({ ...clean, nom: "[effacé]", prenom: "" });
    expect(forgetIn({ nom: { "@id": "1", "#text": "Dupont" }, prenom: "Claire" }, people)).toEqual({
      nom: { "@id": "1", "#text": "[effacé]" },
      prenom: "",
    });
    expect(forgetIn([["x", "Claire", "Dupont"], { lien: "https://exemple.fr/claire-dupont" }], people)).toEqual([
      ["x", "[effacé]", ""],
      { lien: null },
    ]);
    expect(forgetIn({ "Claire Dupont": "oui" }, people)).toEqual({ "[effacé]": "oui" });
  });

  test("if nobody was forgotten, texts are not searched", () => {
    const record = { texte: "Mme Claire Dupont" };
    expect(forgetIn(record, forgottenPeople([], [key]))).toBe(record);
  });

  test("with another key nobody is found, and the traces count as unreadable", () => {
    const others = forgottenPeople(traces, ["another key of the tests"]);
    expect([others.isEmpty, others.unreadable]).toEqual([true, traces.length]);
  });

  test("people forgotten under an old key and under the current one are found together", () => {
    const both = [personTrace(read("Claire Dupont"), "the former key of the tests"), personTrace(read("04 75 00 00 01"), key)];
    const people = forgottenPeople(both, [key, "the former key of the tests"]);
    expect(people.unreadable).toBe(0);
    expect(people.findIn("Tél. 04 75 00 00 01, demander Claire Dupont").length).toBe(2);
    expect(people.isName(["dupont", "claire"])).toBe(true);
    expect(forgottenPeople(both, [key]).unreadable).toBe(1);
  });

  test("every form that is found also matches the database patterns", () => {
    const said = [
      "Claire DUPONT",
      "Mme CLAIRE dupont",
      "04.75.00.00.01",
      "+33 (0)4 75 00 00 01",
      "J.Martin (at) Exemple.fr",
      "LE&nbsp;GOFF Jean&#8209;Pierre",
      "&Eacute;lodie ŒDEL",
      "E\u0301lodie \\u0152del",
    ];
    for (const text of said) {
      expect(withoutForgotten(text, traces, [key]), text).not.toBe(text);
      const json = JSON.stringify(text);
      const all = ["Claire Dupont", "j.martin@exemple.fr", "04 75 00 00 01", "Jean-Pierre LE GOFF", "Élodie Œdel"].map((written) =>
        searchPatterns(read(written)),
      );
      const isMatch = (patterns: readonly string[]) =>
        patterns.every((pattern) => new RegExp(pattern.replace("(?i)", ""), "iu").test(json));
      expect(all.some(isMatch), text).toBe(true);
    }
  });
});

describe("reading the forgotten people", () => {
  const held = (kept: typeof traces) => ({ traces: async () => kept });

  test("needs no secret if nobody was forgotten", async () => {
    expect((await readForgotten(held([]), {})).isEmpty).toBe(true);
  });

  test("a run without the secret, with a short one or with another is refused", async () => {
    expect((await readForgotten(held(traces), { MOISSON_SECRET: key })).isEmpty).toBe(false);
    for (const environment of [{}, { MOISSON_SECRET: "short" }, { MOISSON_SECRET: "another key of the tests" }]) {
      await expect(readForgotten(held(traces), environment)).rejects.toMatchObject({ outcome: "refused", code: "forgotten-unknown" });
    }
  });
});
