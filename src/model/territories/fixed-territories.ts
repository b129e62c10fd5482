import type { Perimeter } from "./perimeter.ts";

export const france: Perimeter = { scale: "country", code: "FRA", name: "France" };
/** Territory of European aids. */
export const europe: Perimeter = { scale: "continent", code: "EU", name: "Europe" };
/** France without its overseas territories, including Corsica. */
export const mainland: Perimeter = { scale: "mainland", code: "FRA-MET", name: "France métropolitaine" };
/** The five overseas departments and regions and the eight overseas collectivities. */
export const overseas: Perimeter = { scale: "overseas", code: "FRA-OM", name: "Outre-mer" };

/** Overseas collectivities. They are neither regions nor departments, although feeds may call them so. */
export const collectivities: readonly Perimeter[] = [
  { scale: "collectivity", code: "975", name: "Saint-Pierre-et-Miquelon" },
  { scale: "collectivity", code: "977", name: "Saint-Barthélemy" },
  { scale: "collectivity", code: "978", name: "Saint-Martin" },
  { scale: "collectivity", code: "984", name: "Terres australes et antarctiques françaises" },
  { scale: "collectivity", code: "986", name: "Wallis-et-Futuna" },
  { scale: "collectivity", code: "987", name: "Polynésie française" },
  { scale: "collectivity", code: "988", name: "Nouvelle-Calédonie" },
  { scale: "collectivity", code: "989", name: "Île de Clipperton" },
];

/** Water basins by Sandre code. */
export const basins: readonly Perimeter[] = [
  { scale: "basin", code: "01", name: "Artois-Picardie" },
  { scale: "basin", code: "02", name: "Rhin-Meuse" },
  { scale: "basin", code: "03", name: "Seine-Normandie" },
  { scale: "basin", code: "04", name: "Loire-Bretagne" },
  { scale: "basin", code: "05", name: "Adour-Garonne" },
  { scale: "basin", code: "06", name: "Rhône-Méditerranée" },
  { scale: "basin", code: "07", name: "Guadeloupe" },
  { scale: "basin", code: "08", name: "Martinique" },
  { scale: "basin", code: "09", name: "Guyane" },
  { scale: "basin", code: "10", name: "La Réunion" },
  { scale: "basin", code: "11", name: "Mayotte" },
  { scale: "basin", code: "12", name: "Corse" },
];

/** Codes of the overseas basins. */
export const overseasBasins: ReadonlySet<string> = new Set(["07", "08", "09", "10", "11"]);

/** `scale:code` of a territory -> its alternative names. */
export const otherNames: Readonly<Record<string, readonly string[]>> = {
  "country:FRA": ["France entière", "Toute la France", "Territoire national", "National", "Nationale"],
  "continent:EU": ["Union européenne"],
  "mainland:FRA-MET": ["Métropole", "France hexagonale", "Hexagone"],
  "overseas:FRA-OM": ["France d'outre-mer", "Outre-mer français", "Outremer", "DROM-COM", "DOM-TOM"],
  "region:03": ["Guyane française"],
  "region:04": ["Île de la Réunion"],
  "region:24": ["Centre"],
  "region:93": ["PACA", "Région Sud"],
  "collectivity:984": ["TAAF"],
  "collectivity:986": ["Îles Wallis et Futuna"],
  "collectivity:989": ["Clipperton", "La Passion-Clipperton"],
};
