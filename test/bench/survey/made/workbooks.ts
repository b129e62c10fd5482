import { join } from "node:path";
import ExcelJS from "exceljs";

/** Writes the invented workbooks to a folder. */
export async function writeMadeWorkbooks(folder: string): Promise<void> {
  await departmentWorkbook().xlsx.writeFile(join(folder, "departement.xlsx"));
  await agencyWorkbook().xlsx.writeFile(join(folder, "agence.xlsx"));
}

/** A department's guide: title rows, merged themes, a total after each theme, notes below the table. */
function departmentWorkbook(): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("Guide des aides");
  sheet.addRow(["Département d’Exemple – Guide des aides aux territoires 2027"]);
  sheet.mergeCells("A1:I1");
  sheet.addRow(["Toute demande doit être déposée avant le début des travaux"]);
  sheet.mergeCells("A2:I2");
  sheet.addRow([
    "Thématique",
    "Intitulé de l’aide",
    "Objet",
    "Bénéficiaires",
    "Taux (%)",
    "Budget annuel (€)",
    "Date limite de dépôt",
    "Service instructeur",
    "Contact",
  ]);
  for (const { theme, aids } of departmentGuide) {
    const first = sheet.rowCount + 1;
    for (const [name, purpose, audience, rate, budget, deadline, service, contact] of aids) {
      sheet.addRow([theme, name, purpose, audience, rate, budget, new Date(`${deadline}T00:00:00Z`), service, contact]);
    }
    if (aids.length > 1) sheet.mergeCells(first, 1, sheet.rowCount, 1);
    const budget = aids.reduce((sum, aid) => sum + aid[4], 0);
    sheet.addRow([`Total ${theme}`, null, null, null, null, budget]);
  }
  const all = departmentGuide.flatMap(({ aids }) => aids).reduce((sum, aid) => sum + aid[4], 0);
  sheet.addRow(["Total général", null, null, null, null, all]);
  sheet.addRow([]);
  sheet.addRow(["Source : direction des territoires. Montants votés en commission permanente."]);
  return workbook;
}

type DepartmentAid = readonly [
  name: string,
  purpose: string,
  audience: string,
  rate: number,
  budget: number,
  deadline: string,
  service: string,
  contact: string,
];

const departmentGuide: readonly { readonly theme: string; readonly aids: readonly DepartmentAid[] }[] = [
  {
    theme: "Eau et assainissement",
    aids: [
      [
        "Alimentation en eau potable",
        "Travaux sur les captages, les réservoirs et les réseaux, après une étude de rendement.",
        "Communes, syndicats d’eau",
        30,
        900000,
        "2027-03-31",
        "Service de l’eau",
        "eau@departement-exemple.fr",
      ],
      [
        "Assainissement collectif",
        "Construction et mise aux normes des stations d’épuration des communes rurales.",
        "Communes de moins de 5 000 habitants",
        25,
        1200000,
        "2027-03-31",
        "Service de l’eau",
        "eau@departement-exemple.fr",
      ],
      [
        "Eaux pluviales",
        "Désimperméabilisation des cours d’école et des places publiques.",
        "Communes, EPCI",
        40,
        300000,
        "2027-06-30",
        "Service de l’eau",
        "eau@departement-exemple.fr",
      ],
    ],
  },
  {
    theme: "Culture",
    aids: [
      [
        "Restauration des églises rurales",
        "Travaux de couverture et de maçonnerie sur les édifices qui ne sont pas classés.",
        "Communes",
        50,
        450000,
        "2027-02-28",
        "Service du patrimoine",
        "patrimoine@departement-exemple.fr",
      ],
      [
        "Festivals d’été",
        "Soutien aux manifestations qui emploient des artistes professionnels.",
        "Associations",
        20,
        200000,
        "2027-01-31",
        "Service de la culture",
        "culture@departement-exemple.fr",
      ],
    ],
  },
  {
    theme: "Sport",
    aids: [
      [
        "Équipements sportifs de plein air",
        "Création de terrains multisports et de parcours de santé en accès libre.",
        "Communes, EPCI",
        35,
        500000,
        "2027-04-30",
        "Service des sports",
        "sports@departement-exemple.fr",
      ],
      [
        "Clubs formateurs",
        "Aide au fonctionnement des clubs qui forment de jeunes arbitres et entraîneurs.",
        "Associations sportives",
        15,
        150000,
        "2027-05-31",
        "Service des sports",
        "sports@departement-exemple.fr",
      ],
    ],
  },
];

/** A water agency's aids: two header rows, linked titles, one sheet for each programme, ranges of rates in two columns. */
function agencyWorkbook(): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  for (const [name, aids] of agencyProgrammes) {
    const sheet = workbook.addWorksheet(name);
    sheet.addRow([
      "Référence",
      "Aide",
      "Description",
      "Maîtres d’ouvrage",
      "Taux d’aide",
      null,
      "Plafond de dépenses",
      "Opérations éligibles",
    ]);
    sheet.addRow([null, null, null, null, "min", "max", null, null]);
    sheet.mergeCells("E1:F1");
    for (const [reference, title, description, audience, lower, upper, ceiling, works] of aids) {
      const link = `https://www.agence-eau-exemple.fr/aides/${reference.toLowerCase()}`;
      const row = sheet.addRow([reference, null, description, audience, lower, upper, ceiling, works]);
      row.getCell(2).value = { text: title, hyperlink: link };
    }
  }
  return workbook;
}

type AgencyAid = readonly [
  reference: string,
  title: string,
  description: string,
  audience: string,
  lower: number,
  upper: number,
  ceiling: string,
  works: string,
];

const agencyProgrammes: readonly (readonly [string, readonly AgencyAid[]])[] = [
  [
    "Milieux aquatiques",
    [
      [
        "MA-01",
        "Restaurer un cours d’eau",
        "L’agence finance les études et les travaux qui rendent sa place à la rivière.",
        "Syndicats de rivière, EPCI",
        50,
        80,
        "sans plafond",
        "Reméandrage, effacement d’ouvrages, plantation de berges",
      ],
      [
        "MA-02",
        "Préserver une zone humide",
        "Acquisition foncière, plan de gestion et suivi des zones humides.",
        "Collectivités, associations",
        60,
        80,
        "10 000 € par hectare",
        "Acquisition, inventaire, plan de gestion",
      ],
      [
        "MA-03",
        "Rétablir la continuité écologique",
        "Aide aux propriétaires de moulins et de barrages pour le passage des poissons.",
        "Collectivités, particuliers, entreprises",
        40,
        70,
        "sans plafond",
        "Passes à poissons, arasement de seuils",
      ],
    ],
  ],
  [
    "Eau potable",
    [
      [
        "EP-01",
        "Protéger un captage",
        "Mise en place des périmètres de protection et animation auprès des agriculteurs.",
        "Communes, syndicats d’eau potable",
        50,
        70,
        "50 000 € par captage",
        "Études, acquisitions, animation",
      ],
      [
        "EP-02",
        "Réduire les fuites",
        "Recherche de fuites et renouvellement des réseaux des communes rurales.",
        "Communes, EPCI",
        20,
        50,
        "350 € par mètre",
        "Comptage, recherche de fuites, renouvellement",
      ],
      [
        "EP-03",
        "Partager la ressource",
        "Interconnexions entre services pour faire face aux sécheresses.",
        "EPCI, syndicats d’eau potable",
        30,
        60,
        "sans plafond",
        "Interconnexions, réservoirs",
      ],
    ],
  ],
];
