/** Platforms whose feeds look alike, by the name of their factory in the connector kit. */
const platforms: Readonly<Record<string, string>> = {
  aidesTerritoiresApi: "API d’Aides-territoires",
  ckan: "CKAN",
  dataGouv: "data.gouv.fr",
  dispositifAide: "schéma national des dispositifs d’aide",
  fundingTenders: "portail européen Funding & Tenders",
  manualTemplate: "modèle d’Aides-territoires",
  moissonTemplate: "notre modèle à remplir",
  openDataSoft: "OpenDataSoft",
  rss: "RSS",
  wordpressExport: "WordPress",
};

/** What people call a platform whose shape a feed has. */
export function platformWord(name: string): string {
  return platforms[name] ?? name;
}
