import { templateCells } from "../../../src/french/template-cells.ts";

type Row = Readonly<Record<string, string>>;

/** Returns an aid of the journey's department in our template, with everything that publication requires. */
function row(id: string, title: string, changes: Row = {}): Row {
  return {
    Identifiant: id,
    Titre: title,
    Description: `Le département aide les communes et leurs groupements. ${title} : une part des dépenses est prise en charge.`,
    Contact: "Service de l’aide aux communes",
    "Courriel du contact": "communes@ardeche.example",
    "Lien vers la page de l’aide": `https://www.ardeche.example/aides/${id}`,
    "Public visé 1": "Communes",
    "Type d’aide 1": "Subvention",
    "Type de dépenses 1": "Dépenses d'investissement",
    "Avancement du projet 1": "Réflexion / conception",
    "Thématique 1": "Forêts",
    Récurrence: "Ponctuelle",
    "Date d’ouverture": "04/01/2027",
    "Date de clôture": "30/06/2027",
    Financeurs: "Département de l'Ardèche",
    "Échelle du territoire": "Département",
    Territoires: "Ardèche",
    ...changes,
  };
}

const right = [
  row("ARD-001", "Planter des haies communales"),
  row("ARD-002", "Rénover une salle des fêtes"),
  row("ARD-003", "Restaurer un pont de pierre"),
  row("ARD-004", "Équiper une bibliothèque rurale"),
];
const wrong: Readonly<Record<string, Row>> = {
  "ARD-003": { "Date de clôture": "31/02/2027" },
  "ARD-004": { "Lien vers la page de l’aide": "voir le site" },
};

/** The department's first file: an impossible date, a broken link. */
export const faultyFeed = csvOf(right.map((one) => ({ ...one, ...wrong[one.Identifiant ?? ""] })));

/** The corrected file. */
export const mendedFeed = csvOf(right);

function csvOf(rows: readonly Row[]): string {
  const titles = templateCells.map(({ title }) => title);
  const known = titles.map((title) => title.replace(" (obligatoire)", ""));
  const lines = rows.map((one) => known.map((title) => one[title] ?? ""));
  return `\ufeff${[titles, ...lines].map((cells) => cells.map((text) => `"${text}"`).join(";")).join("\r\n")}\r\n`;
}
