import type { TestCatalogue } from "../../support/catalogues.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";

const dayBefore = { now: () => new Date(testNow.getTime() - 86_400_000), fixed: null, elapsed: () => performance.now() };
const regions = ["Bretagne", "Normandie", "Occitanie", "Nouvelle-Aquitaine"];
const subjects = ["haies", "puits", "ponts", "vergers", "lavoirs", "marchés", "chemins", "cantines", "gymnases", "halles"];

const records = (kind: string, region: string) =>
  subjects.map((subject, id) => ({
    id: `a${id}`,
    titre: `${kind} : entretenir les ${subject} des communes et des intercommunalités de ${region}`,
    texte: `<p>${region} aide les communes à entretenir leurs ${subject}.</p>`,
    publics: "Communes",
  }));

/**
 * Adds twelve connectors that each wait for a decision: four whose feed lost aids, four whose feed is unreadable, four with warnings.
 * Returns their folders.
 */
export async function manyDecisions(catalogue: TestCatalogue): Promise<readonly string[]> {
  const folders: string[] = [];
  const add = async (kind: string, region: string): Promise<Harvest> => {
    const harvest = await newHarvest(catalogue, {
      title: kind.toLowerCase(),
      publisher: { name: `Région ${region}`, kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
    });
    await harvest.day(records(kind, region), {}, { clock: dayBefore });
    folders.push(harvest.folder);
    return harvest;
  };
  for (const region of regions) {
    await (await add("Agriculture", region)).day(records("Agriculture", region).slice(0, 4));
    await (await add("Culture", region)).day("{ cassé").catch(() => undefined);
    const same = records("Sport", region).map((one) => ({ ...one, texte: "<p>Le même texte pour toutes les aides de ce flux.</p>" }));
    await (await add("Sport", region)).day(same);
  }
  return folders;
}
