import { describe, expect, it } from "vitest";
import type { PerimeterScale } from "../../../src/model/territories/perimeter.ts";
import { findPerimeterByName } from "../../../src/model/territories/perimeters.ts";

describe("findPerimeterByName", () => {
  it.each<[string, PerimeterScale, string]>([
    ["Île-de-France", "region", "11"],
    ["Ile-de-France", "region", "11"],
    ["ILE DE FRANCE", "region", "11"],
    ["La Réunion", "region", "04"],
    ["Réunion", "department", "974"],
    ["Provence-Alpes-Côte d’Azur", "region", "93"],
    ["Provence Alpes Cote d'Azur", "region", "93"],
    ["Nouvelle - Aquitaine", "region", "75"],
    ["Région", "region", ""],
    ["l'Hérault", "department", "34"],
    ["Lozere", "department", "48"],
    ["Département de la Drôme", "department", "26"],
    ["Département de l’Ain", "department", "01"],
    ["département La Réunion", "department", "974"],
    ["Région Bretagne", "region", "53"],
    ["Région des Pays de la Loire", "region", "52"],
    ["Région Sud", "region", "93"],
    ["PACA", "region", "93"],
    ["Centre", "region", "24"],
    ["Département", "department", ""],
    ["Val d'Oise", "department", "95"],
    ["St-Étienne", "commune", "42218"],
    ["Le Kremlin Bicetre", "commune", "94043"],
    ["Mézidon Vallée d'Auge", "commune", "14431"],
    ["Crèvecœur-le-Grand", "commune", "60178"],
    ["CREVECOEUR LE GRAND", "commune", "60178"],
    ["Communauté de communes du Kreiz-Breizh", "epci", "242200715"],
    ["CC du Kreiz-Breizh", "epci", "242200715"],
    ["CC du Kreiz-Breizh (CCKB)", "epci", "242200715"],
    ["Métropole de Lyon", "epci", "200046977"],
    ["Est Ensemble", "epci", "200057875"],
    ["Loire-Bretagne", "basin", "04"],
    ["- France entière -", "country", "FRA"],
    ["France", "country", "FRA"],
    ["Europe", "continent", "EU"],
    ["France métropolitaine", "mainland", "FRA-MET"],
    ["Outre-mer", "overseas", "FRA-OM"],
    ["Wallis et Futuna", "collectivity", "986"],
    ["saint martin", "collectivity", "978"],
    ["Nouvelle Calédonie", "collectivity", "988"],
  ])("%s as %s is %s", (name, scale, code) => {
    const found = findPerimeterByName(name, [scale]);
    expect(found === undefined ? "" : `${found.scale}:${found.code}`).toBe(code === "" ? "" : `${scale}:${code}`);
  });

  it("a name shared by several communes is not guessed", () => {
    expect(findPerimeterByName("Saint-Denis", ["commune"])).toBeUndefined();
    expect(findPerimeterByName("CC des Quatre Rivières", ["epci"])).toBeUndefined();
  });

  it("an ambiguous name is not looked up at other scales, where it means something else", () => {
    expect(findPerimeterByName("Saint-Martin", ["commune", "collectivity"])).toBeUndefined();
    expect(findPerimeterByName("Saint-Martin", ["collectivity", "commune"])?.code).toBe("978");
  });

  it("the first scale with the name counts", () => {
    expect(findPerimeterByName("Mayotte", ["region", "department"])).toEqual({ scale: "region", code: "06", name: "Mayotte" });
    expect(findPerimeterByName("Mayotte", ["department", "region"])).toEqual({ scale: "department", code: "976", name: "Mayotte" });
    expect(findPerimeterByName("Gironde", ["region", "department"])?.code).toBe("33");
  });

  it("a part of a name finds nothing", () => {
    expect(findPerimeterByName("Bretagne et Normandie", ["region"])).toBeUndefined();
    expect(findPerimeterByName("Seine", ["department", "region"])).toBeUndefined();
    expect(findPerimeterByName("", ["region"])).toBeUndefined();
    expect(findPerimeterByName("---", ["region"])).toBeUndefined();
    expect(findPerimeterByName("Bretagne", [])).toBeUndefined();
  });
});
