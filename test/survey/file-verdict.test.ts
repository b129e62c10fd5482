import { describe, expect, it } from "vitest";
import { mayBeAids } from "../../src/model/survey/file-kind.ts";
import { fileVerdict } from "../../src/survey/read/file-verdict.ts";
import { type MadeFeed, records, surveyOf } from "./survey-of.ts";

async function verdictOn(feed: MadeFeed) {
  return fileVerdict(await surveyOf(feed));
}

const companies = ["SARL DUPONT", "ASSOCIATION LES AMIS DU LIVRE", "COMMUNE DE BREST", "SAS MABRIS", "CLUB DE PLONGEE"];
const at = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;

describe("fileVerdict", () => {
  it("recognises grants in the national schema of subsidies by its columns", async () => {
    const verdict = await verdictOn(
      "nomAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;montant\nVille;2024-01-02;SARL DUPONT;1;500\n",
    );
    expect(verdict.kind).toBe("grants-paid");
    expect(verdict.evidence[0]).toMatchObject({ code: "schema", params: { name: "SCDL subventions" } });
    expect(mayBeAids(verdict.kind)).toBe(false);
  });

  it("recognises a schema by the header even if every row has too many cells", async () => {
    const header = "nomAttribuant,dateConvention,nomBeneficiaire,idBeneficiaire,montant";
    expect(await verdictOn(`${header}\nVille,2024-01-02,SARL DUPONT,1,58 400,00\nVille,2024-01-03,SAS MABRIS,2,300,50\n`)).toMatchObject({
      kind: "grants-paid",
    });
  });

  it("recognises grants under names of no schema by recipients and amounts", async () => {
    const grants = records(30, (n) => ({
      "Nom de l'organisme bénéficiaire": `${at(companies, n)} ${n}`,
      Commune: at(["Laval", "Ernée", "Mayenne"], n),
      "Montant de la subvention": 100 * n + 7,
    }));
    expect((await verdictOn(grants)).kind).toBe("grants-paid");
  });

  it("recognises grants under German and Spanish names", async () => {
    const german = records(30, (n) => ({ "Zuwendungsempfänger Name": `${at(companies, n)} ${n}`, Betrag: 900 + n, Jahr: 2023 }));
    const spanish = records(30, (n) => ({ "Nombre beneficiario": `${at(companies, n)} ${n}`, "Importe concedido": 900 + n, Año: 2023 }));
    expect((await verdictOn(german)).kind).toBe("grants-paid");
    expect((await verdictOn(spanish)).kind).toBe("grants-paid");
  });

  it("recognises projects, organisations, codes, statistics and aid activities", async () => {
    const projects = records(20, (n) => ({
      "Nom du projet": `Rénovation de l'école n° ${n}`,
      "Maître d'ouvrage": at(["Laval", "Ernée"], n),
      "Coût total": 1000 + n,
    }));
    const organisations = records(20, (n) => ({
      nom: `${at(companies, n)} ${n}`,
      adresse: `${n} rue de la Paix`,
      code_postal: `${53000 + n * 10}`,
      ville: `Ville ${n}`,
    }));
    const codes = records(40, (n) => ({
      code: `FR${100 + n}`,
      libelle: `Territoire ${String.fromCharCode(65 + (n % 26))}${n}`,
      niveau: n % 3,
    }));
    const statistics = records(20, (n) => ({
      territoire: `T${n}`,
      population: 900 * n,
      logements: 400 * n,
      revenus: 21 * n,
      emplois: 7 * n,
    }));
    const activities =
      "<iati-activities><iati-activity><iati-identifier>A-1</iati-identifier><title>Water</title></iati-activity><iati-activity><iati-identifier>A-2</iati-identifier><title>Roads</title></iati-activity></iati-activities>";
    expect((await verdictOn(projects)).kind).toBe("projects");
    expect((await verdictOn(organisations)).kind).toBe("organisations");
    expect((await verdictOn(codes)).kind).toBe("nomenclature");
    expect((await verdictOn(statistics)).kind).toBe("statistics");
    expect((await verdictOn(activities)).kind).toBe("activities");
  });

  it("recognises aids and calls, also with amounts and audiences in their columns", async () => {
    const aids = records(20, (n) => ({
      Intitulé: `Aide à la plantation de vergers n° ${n}`,
      Bénéficiaires: at(["Communes", "Associations", "Entreprises"], n),
      "Conditions d'éligibilité": "Être situé dans le département et présenter trois devis.",
      "Montant maximum": 1000 * n,
      "Date limite": `2026-0${(n % 9) + 1}-15`,
    }));
    const calls = records(20, (n) => ({
      title: `Call for proposals on soil health, topic ${n}`,
      deadline: `2026-0${(n % 9) + 1}-15`,
      link: `https://calls.example.org/topic/${n}`,
    }));
    expect((await verdictOn(aids)).kind).toBe("aids");
    expect((await verdictOn(calls)).kind).toBe("calls");
  });

  it("does not guess from two columns that could be anything, and does not stop there", async () => {
    const verdict = await verdictOn([{ a: "x", b: "1" }]);
    expect(verdict).toMatchObject({ kind: "unknown", evidence: [{ code: "nothing-typical" }] });
    expect(mayBeAids(verdict.kind)).toBe(true);
  });
});
