import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipOf } from "../../../ingest/decode/excel/handwritten-zip.ts";

/** Writes a park's aids to a folder: a zip with one YAML file for each aid, and a note that is no aid. */
export async function writeMadeArchive(folder: string): Promise<void> {
  await writeFile(join(folder, "parc.zip"), zipOf({ "LISEZMOI.txt": "Une aide par fichier.\n", ...parkAids }));
}

const parkAids: Readonly<Record<string, string>> = {
  "aides/haies.yaml": `identifiant: haies-2027
titre: Planter une haie champêtre
resume: >
  Le parc finance les plants, les protections et un conseil technique
  pour les haies d'au moins cent mètres.
beneficiaires:
  - Communes
  - Agriculteurs
theme: Biodiversité
taux: 80 %
calendrier:
  ouverture: 2027-01-04
  cloture: 2027-03-31
contact:
  service: Mission bocage
  courriel: bocage@parc-exemple.fr
lien: https://www.parc-exemple.fr/aides/haies
`,
  "aides/mares.yaml": `identifiant: mares-2027
titre: Restaurer une mare
resume: Curage, reprofilage des berges et inventaire de la faune, avec l'aide d'un écologue.
beneficiaires: [Communes, Associations, Particuliers]
theme: Biodiversité
taux: 70 %
calendrier: { ouverture: 2027-01-04, cloture: 2027-05-15 }
contact: { service: Mission eau, courriel: eau@parc-exemple.fr }
lien: https://www.parc-exemple.fr/aides/mares
`,
  "aides/patrimoine.yaml": `identifiant: patrimoine-2027
titre: Restaurer le petit patrimoine bâti
resume: Fontaines, lavoirs, fours à pain et murets visibles depuis l'espace public.
beneficiaires: [Communes, Associations]
theme: Patrimoine
taux: 50 %
calendrier: { ouverture: 2027-02-01, cloture: 2027-06-30 }
contact: { service: Mission paysage, courriel: paysage@parc-exemple.fr }
lien: https://www.parc-exemple.fr/aides/patrimoine
`,
  "aides/tourisme.yml": `identifiant: tourisme-2027
titre: Ouvrir un hébergement touristique durable
resume: |
  Aide aux gîtes et aux campings qui réduisent leur consommation d'eau et d'énergie.
  Une visite de conseil est obligatoire.
beneficiaires: [Entreprises, Associations]
theme: Tourisme
taux: 30 %
calendrier: { ouverture: 2027-01-15, cloture: 2027-04-30 }
contact: { service: Mission tourisme, courriel: tourisme@parc-exemple.fr }
lien: https://www.parc-exemple.fr/aides/tourisme
`,
  "aides/mobilite.yaml": `identifiant: mobilite-2027
titre: Mettre en place une ligne d'autopartage rural
resume: Achat de véhicules partagés et animation du service pendant deux ans.
beneficiaires: [Communes, EPCI]
theme: Mobilité
taux: 60 %
calendrier: { ouverture: 2027-01-04, cloture: 2027-09-30 }
contact: { service: Mission mobilité, courriel: mobilite@parc-exemple.fr }
lien: https://www.parc-exemple.fr/aides/mobilite
`,
};
