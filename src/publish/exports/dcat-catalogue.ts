import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { dcatContext, dcatDistribution } from "./dcat-distribution.ts";

/** Publisher of the data. */
export interface OpenDataPublisher {
  readonly name: string;
  /** Mailbox for questions; null: the address of the files is given. */
  readonly email: string | null;
}

/** Input of a description. */
export interface DescribedDump {
  /** Address of the files, with final slash. */
  readonly address: string;
  readonly files: readonly OpenDataFile[];
  readonly facts: OpenDataFacts;
  /** ISO instant. */
  readonly finishedAt: string;
  readonly publisher: OpenDataPublisher;
}

/** Open licences, the strictest last. A file with several licences may be reused under the strictest. */
const byDemands: readonly Slug<"importShareLicence">[] = ["openlicence20", "cc-by-4.0", "odbl"];

/**
 * Describes a dump in DCAT-AP (JSON-LD) for catalogues that harvest open data: one catalogue with one dataset, each file a distribution.
 * The licence is the strictest of its aids; `sources.csv` has each publisher's.
 */
export function dcatCatalogue({ address, files, facts, finishedAt, publisher }: DescribedDump): Record<string, unknown> {
  const dataset = `${address}#aides`;
  const agent = { "@id": `${address}#editeur`, "@type": "foaf:Organization", "foaf:name": publisher.name };
  const licence = { "@id": licenceAddresses[licenceOf(facts)] };
  const page = { "@id": address };
  return {
    "@context": dcatContext,
    "@id": `${address}catalogue.jsonld`,
    "@type": "dcat:Catalog",
    "dct:title": { "@language": "fr", "@value": "Aides publiques en open data" },
    "dct:description": {
      "@language": "fr",
      "@value": "Le catalogue des aides publiques, tel que ses producteurs permettent de le réutiliser.",
    },
    "dct:publisher": agent,
    "dct:language": { "@id": "http://publications.europa.eu/resource/authority/language/FRA" },
    "dct:license": licence,
    "dct:modified": instant(finishedAt),
    "foaf:homepage": page,
    "dcat:dataset": {
      "@id": dataset,
      "@type": "dcat:Dataset",
      "dct:identifier": dataset,
      "dct:title": { "@language": "fr", "@value": "Aides publiques : dispositifs ouverts aux collectivités, associations et entreprises" },
      "dct:description": { "@language": "fr", "@value": descriptionOf(facts) },
      "dct:publisher": { "@id": agent["@id"] },
      "dct:creator": { "@id": agent["@id"] },
      "dcat:contactPoint": {
        "@type": "vcard:Organization",
        "vcard:fn": publisher.name,
        ...(publisher.email === null ? { "vcard:hasURL": page } : { "vcard:hasEmail": { "@id": `mailto:${publisher.email}` } }),
      },
      "dct:license": licence,
      "dct:accessRights": { "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC" },
      "dct:accrualPeriodicity": { "@id": "http://publications.europa.eu/resource/authority/frequency/DAILY" },
      "dct:modified": instant(finishedAt),
      "dct:spatial": { "@id": "http://publications.europa.eu/resource/authority/country/FRA" },
      ...temporal(facts),
      "dct:language": { "@id": "http://publications.europa.eu/resource/authority/language/FRA" },
      "dcat:theme": { "@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE" },
      "dcat:keyword": ["aides", "subventions", "collectivités", "associations", "entreprises", "financement"],
      "dcat:landingPage": page,
      "foaf:page": page,
      "dcat:distribution": files.map((file) => dcatDistribution(file, { address, licence, finishedAt })),
    },
  };
}

/** Returns the strictest licence in a dump. */
export function licenceOf({ sources }: OpenDataFacts): Slug<"importShareLicence"> {
  const held = new Set(sources.map(({ licence }) => licence));
  return byDemands.findLast((licence) => held.has(licence)) ?? "openlicence20";
}

function descriptionOf({ aids, inNationalSchema, sources }: OpenDataFacts): string {
  const publishers = new Set(sources.map(({ publisher }) => publisher)).size;
  return [
    `Les ${aids} aides publiées que leurs ${publishers} producteurs permettent de réutiliser, réunies chaque nuit depuis leurs flux.`,
    `\`aides.csv\` suit le schéma national « dispositif d’aide » 0.2.0 (${inNationalSchema} aides qu’il peut contenir).`,
    "`aides.jsonl` et `aides.xlsx` les contiennent toutes.",
    "`sources.csv` dit pour chaque producteur sa licence, sa dernière mise à jour et la mention qu’il demande : à citer par qui réutilise.",
    "Les données ne contiennent ni nom, ni adresse, ni numéro de personnes.",
  ].join("\n\n");
}

function temporal({ updatedFrom, updatedTo }: OpenDataFacts): Record<string, unknown> {
  if (updatedFrom === null || updatedTo === null) return {};
  const day = (value: string) => ({ "@type": "xsd:date", "@value": value });
  return { "dct:temporal": { "@type": "dct:PeriodOfTime", "dcat:startDate": day(updatedFrom), "dcat:endDate": day(updatedTo) } };
}

function instant(value: string): Record<string, unknown> {
  return { "@type": "xsd:dateTime", "@value": value };
}

/** Addresses of open licences in catalogues of open data. */
export const licenceAddresses: Readonly<Partial<Record<Slug<"importShareLicence">, string>>> = {
  openlicence20: "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
  odbl: "https://opendatacommons.org/licenses/odbl/1-0/",
  "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
};
