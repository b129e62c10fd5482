import { describe, expect, it } from "vitest";
import type { Perimeter } from "../../../../src/model/territories/perimeter.ts";
import { readWarnings } from "../../../../src/publish/api/search-page/read-warnings.ts";

const of = (eligibility: string, population: number | null = 800) =>
  readWarnings({ description: null, eligibility, perimeter: "Drôme" }, { population, basins: [] });

describe("works that must not begin before the request", () => {
  it.each([
    "Les travaux ne doivent pas avoir commencé avant le dépôt de la demande.",
    "Aucun commencement d'exécution des travaux avant l'accusé de réception du dossier complet.",
    "Les dépenses engagées avant la notification de la décision ne sont pas éligibles.",
    "Attention : le projet ne peut pas démarrer avant l’accord de la Région.",
  ])("« %s »", (sentence) => {
    expect(of(`<p>Le taux est de 40 %.</p><p>${sentence}</p>`).waitBefore).toBe(sentence);
  });

  it.each([
    "Les travaux sont financés à hauteur de 40 %.",
    "Les dossiers doivent être déposés avant le 31 mars.",
    "Le projet est réalisé par la commune. La demande se fait en ligne.",
  ])("not « %s »", (sentence) => {
    expect(of(`<p>${sentence}</p>`).waitBefore).toBeNull();
  });
});

describe("thresholds of inhabitants, for a village of 800", () => {
  it.each([
    "Communes de plus de 2 000 habitants.",
    "Aide réservée aux communes de 1 000 à 10 000 habitants.",
    "Sont éligibles les communes comptant au moins 3.500 habitants.",
    "Les communes de moins de 500 habitants sont aidées.",
  ])("« %s » is to be checked", (sentence) => {
    expect(of(`<ul><li>${sentence}</li></ul>`).population).toBe(sentence);
  });

  it.each([
    "Communes de moins de 2 000 habitants.",
    "Communes de 500 à 5 000 habitants.",
    "Communes de plus de 2 000 habitants : 30 %, communes de moins de 2 000 habitants : 50 %.",
    "Un territoire de plus de 100 000 habitants.",
    "Communes : 2 000 euros par tranche de 100 habitants.",
  ])("« %s » is not", (sentence) => {
    expect(of(`<p>${sentence}</p>`).population).toBeNull();
  });

  it("is unknown without the number of inhabitants", () => {
    expect(of("<p>Communes de plus de 2 000 habitants.</p>", null).population).toBeNull();
  });

  it("quotes at most 300 characters", () => {
    const long = `Communes de plus de 2 000 habitants, ${"ayant un projet utile à tous, ".repeat(30)}`;
    expect(of(`<p>${long}</p>`).population?.length).toBeLessThanOrEqual(310);
  });
});

describe("a water basin", () => {
  const loire = { scale: "basin", code: "04", name: "Loire-Bretagne" } as const;
  const rhone = { scale: "basin", code: "06", name: "Rhône-Méditerranée" } as const;
  const basinOf = (basins: readonly Perimeter[]) =>
    readWarnings({ description: null, eligibility: null, perimeter: "Loire-Bretagne" }, { population: 800, basins }).basin;

  it("is to be checked in a department that lies in two", () => expect(basinOf([loire, rhone])).toBe("Loire-Bretagne"));

  it("is certain in a department that lies in one", () => expect(basinOf([loire])).toBeNull());
});
