import { describe, expect, it } from "vitest";
import type { Edition, TerritoryLists } from "../../../../src/model/territories/edition.ts";
import { compareEditions } from "../../../../src/model/territories/editions/compare-editions.ts";
import { territoryTranslation } from "../../../../src/model/territories/editions/translate-territories.ts";
import type { SourceCommune, SourceEpci } from "../../../../src/model/territories/read-decoupage.ts";

/** Real changes of 2025 and 2026, in the form of the package; the EPCI are invented. */
const current = (departement: string, code: string, nom: string, ...anciensCodes: string[]): SourceCommune => ({
  ...{ code, nom, departement, type: "commune-actuelle", population: 100 },
  ...(anciensCodes.length > 0 && { anciensCodes }),
});
const delegated = (departement: string, code: string, nom: string, chefLieu: string): SourceCommune => ({
  ...{ code, nom, departement, type: "commune-deleguee", chefLieu },
});
const epci = (code: string, nom: string, ...members: string[]): SourceEpci => ({
  ...{ code, nom, type: "CC", membres: members.map((member) => ({ code: member })) },
});
const lists = (communes: readonly SourceCommune[], epcis: readonly SourceEpci[]): TerritoryLists => ({
  regions: [{ code: "44", nom: "Grand Est", zone: "metro" }],
  departements: [{ code: "08", nom: "Ardennes", zone: "metro", region: "44" }],
  communes,
  epci: epcis,
  ept: [],
});
const old: Edition = {
  name: "4.1.0",
  former: [],
  lists: lists(
    [
      current("12", "12076", "Conques-en-Rouergue", "12114", "12218"),
      delegated("12", "12218", "Saint-Cyprien-sur-Dourdou", "12076"),
      current("08", "08300", "Le Mont-Dieu"),
      current("08", "08439", "Tannay"),
      current("15", "15141", "Neussargues en Pinatelle", "15031"),
      delegated("15", "15031", "Celles", "15141"),
      current("15", "15999", "Village perdu"),
    ],
    [
      epci("1", "CC des Monts", "08300", "08439"),
      epci("2", "CC de Conques", "12076"),
      epci("3", "CC des Sources", "15141", "08439"),
      epci("4", "CC Faucigny-Glières", "15999"),
    ],
  ),
};
const next = {
  name: "6.0.0",
  lists: lists(
    [
      delegated("12", "12076", "Conques", "12218"),
      current("12", "12218", "Conques-en-Rouergue", "12076", "12114"),
      current("08", "08439", "Tannay-le-Mont-Dieu", "08300"),
      current("15", "15031", "Celles"),
      current("15", "15141", "Neussargues-Moissac"),
    ],
    [epci("2", "CC de Conques", "12218", "15031"), epci("4", "CC Faucigny - Glières", "15141"), epci("5", "CC de Tannay", "08439")],
  ),
};

describe("comparing two editions", () => {
  const { edition, changes } = compareEditions(old, next);
  const found = changes.map(({ kind, territory, by }) => [kind, territory.code, by.map(({ code }) => code).join(" ")]);

  it("finds what became of each commune and EPCI", () => {
    expect(found).toEqual([
      ["replaced", "12076", "12218"],
      ["replaced", "08300", "08439"],
      ["renamed", "08439", "08439"],
      ["renamed", "15141", "15141"],
      ["reduced", "15141", "15141 15031"],
      ["lost", "15999", ""],
      ["replaced", "1", "5"],
      ["moved", "2", "2"],
      ["divided", "3", "4 5"],
      ["renamed", "4", "4"],
      ["moved", "4", "4"],
    ]);
  });

  it("keeps former codes and names, with the first edition without them", () => {
    expect(edition.former.map(({ code, since }) => `${code} ${since}`)).toEqual(
      ["12076", "08300", "08439", "15141", "15999", "1", "3", "4"].map((code) => `${code} 6.0.0`),
    );
    expect(edition.former.find(({ code }) => code === "3")).toMatchObject({ name: "CC des Sources", members: ["15141", "08439"] });
  });

  it("translates lists of territories: as they will be read, and with what they meant", () => {
    const translate = territoryTranslation({ edition, changes });
    const commune = (code: string, name: string) => ({ scale: "commune" as const, code, name });
    const codes = (list: readonly { readonly code: string }[] = []) => list.map(({ code }) => code).join(" ");
    expect(translate([commune("12076", "Conques-en-Rouergue")])?.read).toEqual([commune("12218", "Conques-en-Rouergue")]);
    const both = translate([commune("15141", "Neussargues en Pinatelle"), commune("08300", "Le Mont-Dieu"), commune("08439", "Tannay")]);
    expect([codes(both?.read), codes(both?.meant)]).toEqual(["15141 08439", "15141 15031 08439"]);
    expect(translate([{ scale: "department", code: "08", name: "Ardennes" }])).toBeNull();
    expect(translate([commune("15999", "Village perdu")])).toBeNull();
  });

  it("lets a person decide about a territory that is gone", () => {
    const decided = new Map([["commune:15999", [{ scale: "commune", code: "15031" } as const]]]);
    const lost = compareEditions(old, next, decided).changes.find(({ territory }) => territory.code === "15999");
    expect(lost).toMatchObject({ kind: "replaced", by: [{ code: "15031", name: "Celles" }] });
  });

  it("follows a former code through a third edition", () => {
    const third = {
      name: "7.0.0",
      lists: lists([current("08", "08001", "Acy", "08439")], [epci("6", "CC d'Acy", "08001")]),
    };
    const after = compareEditions(edition, third).edition.former;
    const of = (code: string) => after.filter((former) => former.code === code).map(({ since, by }) => [since, by.map((ref) => ref.code)]);
    expect(of("08300")).toEqual([["6.0.0", ["08001"]]]);
    expect(of("1")).toEqual([["6.0.0", ["6"]]]);
  });
});
