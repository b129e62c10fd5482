import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

const aids = `titre;description;date_limite;beneficiaires;montant;url
Aide à la rénovation des écoles;"Le Conseil régional finance la rénovation énergétique des écoles communales, avec un taux de 30 %.";2027-03-31;Communes;20000;https://region.example/ecoles
Soutien aux commerces ruraux;"Cette aide soutient l’ouverture d’un commerce dans une commune de moins de 2 000 habitants.";2027-06-30;Communes, EPCI;15000;https://region.example/commerces
Appel à projets Tiers-lieux;"L’appel à projets accompagne la création de tiers-lieux portés par des associations ou des communes.";2027-02-15;Associations;50000;https://region.example/tiers-lieux
Fonds mobilité douce;"Le fonds subventionne les pistes cyclables et les abris à vélos des intercommunalités.";2027-09-01;EPCI;100000;https://region.example/velo
`;
const grantsPaid = `nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention
Ville d’Exemple,21750001600019,2025-04-02,2025-12,Club de judo,44229377500031,Fonctionnement,4500,aide en numéraire,unique,2025-04-02/2025-12-31,,non,1
Ville d’Exemple,21750001600019,2025-04-02,2025-13,Les amis du livre,44229377500049,Fonctionnement,1200,aide en numéraire,unique,2025-04-02/2025-12-31,,non,1
`;
const organisations = `siret,nom,adresse,code_postal,commune
44229377500031,Club de judo,1 rue du Stade,26000,Valence
44229377500049,Les amis du livre,3 place Gambetta,26100,Romans
44229377500056,Harmonie municipale,12 rue des Arts,26000,Valence
`;
const statistics = `annee,nombre_dossiers,montant_total
2021,130,1500000
2022,142,1620000
2023,155,1790000
2024,149,1710000
`;
const recordsOf = (csv: string) => {
  const [head = "", ...lines] = csv.trim().split("\n");
  const names = head.split(";");
  return JSON.stringify(
    lines.map((line) => {
      const cells = line.match(/"[^"]*"|[^;]+/g) ?? [];
      return Object.fromEntries(names.map((name, index) => [name, (cells[index] ?? "").replaceAll('"', "")]));
    }),
  );
};

/** Servers that answer as data.gouv.fr, an Opendatasoft portal, a DCAT catalogue and a town's site do. */
export interface Portals {
  /** Value of `MOISSON_RADAR`. */
  readonly setting: string;
  readonly hosts: readonly string[];
  /** The town's site. */
  readonly site: string;
  /** A portal that answers 503. */
  readonly broken: string;
  /** Addresses of planted files. */
  readonly files: readonly string[];
  /** Titles of planted lists of aids, and of decoys, in order. */
  readonly planted: readonly string[];
  readonly decoys: readonly string[];
  /** Number of files sent so far. */
  downloads(): number;
}

/** Starts the servers until the end of the test. */
export async function portals(): Promise<Portals> {
  let downloads = 0;
  const answer = ({ url = "/" }: IncomingMessage, base: string): { status?: number; body: string | Buffer } => {
    const { pathname, searchParams } = new URL(url, base);
    const file = (body: string) => {
      downloads++;
      return { body };
    };
    switch (pathname) {
      case "/api/1/datasets/":
        return { body: dataGouv(base, searchParams) };
      case "/api/explore/v2.1/catalog/datasets":
        return { body: opendatasoft() };
      case "/api/explore/v2.1/catalog/datasets/aides-agglo/exports/json":
        return file(recordsOf(aids));
      case "/api/explore/v2.1/catalog/datasets/subventions-versees/exports/json":
        return file(
          JSON.stringify(
            grantsPaid
              .trim()
              .split("\n")
              .slice(1)
              .map((line) =>
                Object.fromEntries(line.split(",").map((cell, index) => [grantsPaid.split("\n")[0]?.split(",")[index], cell])),
              ),
          ),
        );
      case "/catalog.jsonld":
        return { body: dcat(base) };
      case "/robots.txt":
        return { body: `User-agent: *\nSitemap: ${base}/sitemap-index.xml\n` };
      case "/sitemap-index.xml":
        return { body: `<sitemapindex><sitemap><loc>${base}/sitemap-1.xml.gz</loc></sitemap></sitemapindex>` };
      case "/sitemap-1.xml.gz":
        return { body: gzipSync(sitemap(base)) };
      case "/aides-region.csv":
      case "/aides-dcat.csv":
        return file(aids);
      case "/subventions.csv":
        return file(grantsPaid);
      case "/associations.csv":
        return file(organisations);
      case "/statistiques.csv":
        return file(statistics);
      case "/broken/api/explore/v2.1/catalog/datasets":
        return { status: 503, body: "maintenance" };
      default:
        return { status: 404, body: "" };
    }
  };
  const start = async (only: readonly string[], status?: number) => {
    const server = createServer((request, response) => {
      const { port } = server.address() as AddressInfo;
      const isOwn = only.some((prefix) => (request.url ?? "").startsWith(prefix)) || /\.csv$/.test(request.url ?? "");
      const { status: found = 200, body } = isOwn ? answer(request, `http://127.0.0.1:${port}`) : { status: 404, body: "" };
      response.writeHead(status ?? found).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const gouv = await start(["/api/1/"]);
  const portal = await start(["/api/explore/"]);
  const catalogue = await start(["/catalog"]);
  const site = await start(["/robots", "/sitemap"]);
  const broken = await start(["/"], 503);
  return {
    setting: `data-gouv=${gouv},opendatasoft=${portal},dcat=${catalogue}/catalog.jsonld,sitemaps`,
    hosts: [gouv, portal, catalogue, site, broken].map((address) => new URL(address).host),
    site: `${site}/`,
    broken,
    files: [`${gouv}/aides-region.csv`],
    planted: ["/guide-des-aides/", "Aides de l’agglomération", "Aides du Conseil régional – Liste", "Dispositifs d’aide du département"],
    decoys: ["Aides versées – Bénéficiaires", "Aides versées – Subventions", "Statistiques des aides", "Subventions versées"],
    downloads: () => downloads,
  };
}

function dataGouv(base: string, query: URLSearchParams): string {
  const dataset = (title: string, resources: readonly object[]) => ({
    id: title,
    title,
    page: `${base}/datasets/x/`,
    description: "",
    organization: { name: "Région Exemple" },
    resources,
  });
  const region = dataset("Aides du Conseil régional", [
    { url: `${base}/aides-region.csv`, title: "Liste", format: "csv", type: "main", schema: { name: "etalab/schema-dispositif-aide" } },
    { url: `${base}/notice.pdf`, title: "Notice", format: "pdf", type: "documentation", schema: null },
  ]);
  const paid = dataset("Aides versées", [
    { url: `${base}/subventions.csv`, title: "Subventions", format: "csv", schema: {} },
    { url: `${base}/associations.csv`, title: "Bénéficiaires", format: "csv", schema: null },
  ]);
  if (query.get("schema") !== null) return JSON.stringify({ data: [region], next_page: null });
  const next = `${base}/api/1/datasets/?${new URLSearchParams({ q: query.get("q") ?? "", page: "2" })}`;
  return query.get("page") === "2"
    ? JSON.stringify({ data: [paid], next_page: null })
    : JSON.stringify({ data: [region], next_page: next });
}

function opendatasoft(): string {
  const dataset = (id: string, title: string) => ({
    dataset_id: id,
    has_records: true,
    metas: { default: { title, publisher: "Agglo d’Exemple", description: "<p>…</p>" } },
  });
  return JSON.stringify({
    total_count: 3,
    results: [
      dataset("aides-agglo", "Aides de l’agglomération"),
      dataset("subventions-versees", "Subventions versées"),
      dataset("arbres", "Arbres remarquables"),
    ],
  });
}

function dcat(base: string): string {
  const dataset = (id: string, title: string, file: string) => [
    {
      "@id": id,
      "@type": "dcat:Dataset",
      "dct:title": [
        { "@language": "en", "@value": "Grants" },
        { "@language": "fr", "@value": title },
      ],
      "dct:publisher": { "@id": "dep" },
      "dcat:distribution": [{ "@id": `${id}-csv` }],
    },
    { "@id": `${id}-csv`, "@type": "dcat:Distribution", "dcat:downloadURL": { "@id": `${base}/${file}` }, "dct:format": "CSV" },
  ];
  return JSON.stringify({
    "@graph": [
      ...dataset("one", "Dispositifs d’aide du département", "aides-dcat.csv"),
      ...dataset("two", "Statistiques des aides", "statistiques.csv"),
      { "@id": "dep", "@type": "foaf:Agent", "foaf:name": "Département d’Exemple" },
    ],
  });
}

function sitemap(base: string): string {
  const pages = ["toiture", "velo", "chauffage", "haies", "commerces", "associations"].map((name) => `/guide-des-aides/${name}`);
  const others = ["/", "/mairie/elus", "/actualites/aide-aux-devoirs", "/culture/cinema"];
  return `<urlset>${[...pages, ...others].map((path) => `<url><loc>${base}${path}</loc></url>`).join("")}</urlset>`;
}
