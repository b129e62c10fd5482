import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import { type ConfirmableBasis, confirmableBases, legalTexts } from "../../model/aid/reuse-basis.ts";
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

/** Files of the dataset whose aids have no licence: a confirmed legal basis lets them out. */
const filesOnBasis: ReadonlySet<string> = new Set(["aides-base-legale.csv", "aides-base-legale.jsonl"]);

/**
 * Describes a dump in DCAT-AP (JSON-LD) for catalogues that harvest open data, each file a distribution of a dataset. The licence of the
 * first dataset is the strictest of its aids; `sources.csv` has each publisher's. The second one, if it has aids, has rights and no licence.
 */
export function dcatCatalogue({ address, files, facts, finishedAt, publisher }: DescribedDump): Record<string, unknown> {
  const dataset = `${address}#aides`;
  const agent = { "@id": `${address}#editeur`, "@type": "foaf:Organization", "foaf:name": publisher.name };
  const licence = { "@id": licenceAddresses[licenceOf(facts)] };
  const page = { "@id": address };
  const contact = {
    "@type": "vcard:Organization",
    "vcard:fn": publisher.name,
    ...(publisher.email === null ? { "vcard:hasURL": page } : { "vcard:hasEmail": { "@id": `mailto:${publisher.email}` } }),
  };
  const common = {
    "dct:publisher": { "@id": agent["@id"] },
    "dct:creator": { "@id": agent["@id"] },
    "dcat:contactPoint": contact,
  };
  const always = {
    "dct:accessRights": { "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC" },
    "dct:accrualPeriodicity": { "@id": "http://publications.europa.eu/resource/authority/frequency/DAILY" },
    "dct:modified": instant(finishedAt),
    "dct:spatial": { "@id": "http://publications.europa.eu/resource/authority/country/FRA" },
  };
  const described = {
    "dct:language": { "@id": "http://publications.europa.eu/resource/authority/language/FRA" },
    "dcat:theme": { "@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE" },
    "dcat:keyword": ["aides", "subventions", "collectivités", "associations", "entreprises", "financement"],
    "dcat:landingPage": page,
    "foaf:page": page,
  };
  const onBasis = `${address}#aides-base-legale`;
  const rights = { "dct:rights": rightsOf(facts) };
  const aids = {
    "@id": dataset,
    "@type": "dcat:Dataset",
    "dct:identifier": dataset,
    "dct:title": { "@language": "fr", "@value": "Aides publiques : dispositifs ouverts aux collectivités, associations et entreprises" },
    "dct:description": { "@language": "fr", "@value": descriptionOf(facts) },
    ...common,
    "dct:license": licence,
    ...always,
    ...temporal(facts),
    ...described,
    "dcat:distribution": files
      .filter(({ name }) => !filesOnBasis.has(name))
      .map((file) => dcatDistribution(file, { address, terms: { "dct:license": licence }, finishedAt })),
  };
  const aidsOnBasis = {
    "@id": onBasis,
    "@type": "dcat:Dataset",
    "dct:identifier": onBasis,
    "dct:title": { "@language": "fr", "@value": "Aides publiques réutilisables sur une base légale" },
    "dct:description": { "@language": "fr", "@value": descriptionOnBasis(facts) },
    ...common,
    ...rights,
    ...always,
    ...described,
    "dcat:distribution": files
      .filter(({ name }) => filesOnBasis.has(name))
      .map((file) => dcatDistribution(file, { address, terms: rights, finishedAt })),
  };
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
    "dcat:dataset": (facts.onBasis?.aids ?? 0) > 0 ? [aids, aidsOnBasis] : aids,
  };
}

/** Returns the rights statement of aids that confirmed legal bases let out. */
function rightsOf({ sources }: OpenDataFacts): Record<string, unknown> {
  const bases = new Set(sources.flatMap(({ basis }) => (basis ? [basis.basis] : [])));
  const used = confirmableBases.filter((basis) => bases.has(basis));
  return {
    "@type": "dct:RightsStatement",
    "rdfs:label": {
      "@language": "fr",
      "@value": [
        "Réutilisation sans licence, sur une base légale confirmée par producteur.",
        ...used.map((basis) => rightsByBasis[basis]),
      ].join(" "),
    },
  };
}

const rightsByBasis: Readonly<Record<ConfirmableBasis, string>> = {
  crpa: `Informations publiques d’administrations françaises (code des relations entre le public et l’administration, L321-1 et L322-1 : ${legalTexts.crpa}) : citer la source et la date de mise à jour, ne pas en altérer le sens.`,
  "ec-reuse": `Documents de la Commission européenne (décision 2011/833/UE : ${legalTexts["ec-reuse"]}) : citer la source.`,
  agreement: "Accord du producteur, à citer comme source.",
};

function descriptionOnBasis({ onBasis }: OpenDataFacts): string {
  return [
    `${onBasis?.aids ?? 0} aides sans licence ouverte, dont une base légale permet la réutilisation : une personne l’a confirmée pour chaque flux.`,
    "`reuse_basis` nomme la base de chaque aide, `reuse_mention` la phrase à montrer, `fields_of_ours` les champs dont la valeur vient de nous.",
    "Les données ne contiennent ni nom, ni adresse, ni numéro de personnes.",
  ].join("\n\n");
}

/** Returns the strictest licence in a dump. */
export function licenceOf({ sources }: OpenDataFacts): Slug<"importShareLicence"> {
  const held = new Set(sources.filter(({ basis }) => !basis).map(({ licence }) => licence));
  return byDemands.findLast((licence) => held.has(licence)) ?? "openlicence20";
}

function descriptionOf({ aids, inNationalSchema, sources }: OpenDataFacts): string {
  const publishers = new Set(sources.filter(({ basis }) => !basis).map(({ publisher }) => publisher)).size;
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
