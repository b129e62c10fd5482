import type { OpenDataFile } from "../../model/aid/open-data.ts";

/** Prefixes of the description. */
export const dcatContext = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  spdx: "http://spdx.org/rdf/terms#",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

const nationalSchema = {
  "@id": "https://github.com/etalab/schema-dispositif-aide/raw/v0.2.0/build/dispositif-aide/schema.json",
  "@type": "dct:Standard",
  "dct:title": "etalab/schema-dispositif-aide",
};

interface FileWords {
  readonly title: string;
  readonly description: string;
  /** Entry of the European list of file types, or null. */
  readonly fileType: string | null;
  readonly conformsTo?: typeof nationalSchema;
}

const words: Readonly<Record<string, FileWords>> = {
  "aides.csv": {
    title: "Aides au schéma national (CSV)",
    description: "Une ligne par aide, schéma « dispositif d’aide » 0.2.0. Textes en Markdown.",
    fileType: "CSV",
    conformsTo: nationalSchema,
  },
  "aides.jsonl": {
    title: "Aides, tous les champs (JSON Lines)",
    description: "Un objet JSON par ligne, aux noms de l’API d’Aides-territoires. `aid_id` ne change jamais.",
    fileType: null,
  },
  "aides.xlsx": { title: "Aides (Excel)", description: "Une ligne par aide, en texte, pour lire et filtrer.", fileType: "XLSX" },
  "aides-base-legale.csv": {
    title: "Aides réutilisables sur une base légale, au schéma national (CSV)",
    description: "Une ligne par aide sans licence ouverte, qu’une base légale confirmée permet de réutiliser. Même schéma qu’aides.csv.",
    fileType: "CSV",
    conformsTo: nationalSchema,
  },
  "aides-base-legale.jsonl": {
    title: "Aides réutilisables sur une base légale, tous les champs (JSON Lines)",
    description: "Un objet JSON par ligne. `reuse_basis` dit la base légale, `reuse_mention` la phrase à montrer.",
    fileType: null,
  },
  "sources.csv": {
    title: "Sources et licences (CSV)",
    description: "Producteur, licence, nombre d’aides, dernière mise à jour, mention à citer.",
    fileType: "CSV",
  },
  "left-out.csv": {
    title: "Aides absentes (CSV)",
    description: "Combien d’aides publiées ne sont pas dans ces fichiers, et pourquoi.",
    fileType: "CSV",
  },
  SHA256SUMS: { title: "Sommes de contrôle", description: "SHA-256 de chaque fichier, pour `sha256sum -c`.", fileType: "TXT" },
};

/** Describes a file as a distribution. `address`: of the files, with final slash. `terms`: its licence (`dct:license`), or its rights. */
export function dcatDistribution(
  { name, type, bytes, sha256 }: OpenDataFile,
  { address, terms, finishedAt }: { readonly address: string; readonly terms: object; readonly finishedAt: string },
): Record<string, unknown> {
  const { title, description, fileType, conformsTo } = words[name] ?? { title: name, description: name, fileType: null };
  const [mediaType] = type.split(";");
  return {
    "@id": `${address}${name}#distribution`,
    "@type": "dcat:Distribution",
    "dct:identifier": name,
    "dct:title": { "@language": "fr", "@value": title },
    "dct:description": { "@language": "fr", "@value": description },
    "dcat:accessURL": { "@id": `${address}${name}` },
    "dcat:downloadURL": { "@id": `${address}${name}` },
    "dct:format":
      fileType === null ? name.split(".").at(-1) : { "@id": `http://publications.europa.eu/resource/authority/file-type/${fileType}` },
    "dcat:mediaType": { "@id": `https://www.iana.org/assignments/media-types/${mediaType}` },
    "dcat:byteSize": { "@type": "xsd:nonNegativeInteger", "@value": String(bytes) },
    "spdx:checksum": {
      "@type": "spdx:Checksum",
      "spdx:algorithm": { "@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256" },
      // As text: data.gouv.fr's harvester turns xsd:hexBinary, which DCAT-AP requires, into bytes and then refuses the dataset.
      "spdx:checksumValue": sha256,
    },
    ...terms,
    "dct:modified": { "@type": "xsd:dateTime", "@value": finishedAt },
    ...(conformsTo !== undefined && { "dct:conformsTo": conformsTo }),
  };
}
