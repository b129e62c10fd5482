import type { Condition } from "../expressions/expression.ts";

/** Calls whose identifier has these words (parts between hyphens), and why they are not for our audiences. */
interface OutOfReach {
  readonly identifier: readonly string[];
  /** French: curators read it. */
  readonly reason: string;
  /** Also for calls that speak of territories; else those are spared. */
  readonly evenLocal: boolean;
  /** Only cascade-funding calls, or only the others. */
  readonly cascade?: boolean;
  /** Spared where the title has one of these words. */
  readonly unlessTitled?: readonly string[];
}

/**
 * Calls for which no French municipality, intercommunality, department, region or local association can apply, alone or among others.
 * The first that fits says why. What is not here goes to review: LIFE, CERV, Creative Europe, Erasmus+, CEF Transport, I3, new parts of
 * Horizon Europe.
 */
const outOfReach: readonly OutOfReach[] = [
  { identifier: ["EDF", "EDIP", "DEFENCE"], evenLocal: true, reason: "Défense : réservé à l'industrie et à la recherche de défense." },
  { identifier: ["EURATOM"], evenLocal: true, reason: "Recherche nucléaire (Euratom)." },
  { identifier: ["RFCS"], evenLocal: true, reason: "Recherche sur le charbon et l'acier." },
  {
    identifier: ["EuropeAid"],
    evenLocal: true,
    // Overseas countries and territories, and decentralised cooperation.
    unlessTitled: ["OCT", "OCTs", "PTOM", "overseas", "outre-mer", "local authorities", "autorités locales", "collectivités"],
    reason: "Action extérieure de l'Union : projets menés dans un pays partenaire.",
  },
  { identifier: ["EUBA"], evenLocal: true, reason: "Expertise pour une agence de l'Union." },
  { identifier: ["NGO OG"], evenLocal: true, reason: "Fonctionnement de réseaux associatifs présents dans plusieurs États de l'Union." },
  {
    identifier: ["SGA", "FPA", "IBA"],
    evenLocal: true,
    cascade: false,
    reason: "Bénéficiaires désignés d'avance (convention-cadre ou bénéficiaire identifié).",
  },
  {
    identifier: ["PCI PMI", "CABLE"],
    evenLocal: true,
    reason: "Grands réseaux transeuropéens : réservé aux exploitants et aux projets d'intérêt commun de la liste de l'Union.",
  },
  { identifier: ["ERC", "MSCA"], evenLocal: false, reason: "Carrière et mobilité des chercheurs." },
  { identifier: ["HORIZON EIC", "HORIZON EIT"], evenLocal: false, reason: "Start-up et formation à l'entrepreneuriat (EIC, EIT)." },
  {
    identifier: ["HORIZON JU", "DIGITAL JU"],
    evenLocal: true,
    reason: "Partenariat industriel européen (entreprise commune) : industrie et recherche.",
  },
  {
    identifier: ["HORIZON CL4", "HORIZON HLTH", "HORIZON INFRA", "HORIZON RAISE", "CANCER"],
    evenLocal: true,
    reason: "Recherche industrielle, spatiale, numérique ou médicale.",
  },
  {
    identifier: ["HORIZON CL2", "HORIZON CL3", "HORIZON CL5", "HORIZON CL6", "HORIZON CID", "HORIZON EIE", "HORIZON WIDERA"],
    evenLocal: false,
    reason: "Recherche européenne : ni le titre ni la référence ne visent les territoires ou leurs habitants.",
  },
  {
    identifier: ["DIGITAL"],
    evenLocal: false,
    cascade: true,
    reason: "Numérique, aides en cascade : étudiants, entreprises de cybersécurité, vérificateurs de faits.",
  },
];

/** Parts of identifiers: missions (cities, climate, ocean, soil), New European Bauhaus, rural communities, circular cities, disasters. */
const localIdentifiers = ["MISS", "CIT", "CITIES", "CLIMA", "NEB", "COMMUNITIES", "CCRI", "DRS"];

/** Words of titles that speak of territories and of those who live there. */
const localTitles = [
  ...["city", "cities", "town", "towns", "villages", "urban", "rural", "neighbourhood", "neighbourhoods", "communities"],
  ...["citizen", "citizens"],
  ...["local", "region", "regions", "regional", "territorial", "municipal", "municipalities", "coastal", "islands", "harbours"],
  ...["housing", "homelessness", "buildings", "building renovation", "public spaces", "schools", "childhood", "heritage", "tourism"],
  ...["public transport", "urban mobility", "mobility for all", "multimodal passenger", "wastewater", "water resilience"],
  ...["protected areas", "restoration", "civil preparedness", "social economy", "living labs", "bioeconomy places"],
  ...["NEB", "New European Bauhaus"],
];

/** Where a feed of European calls has what relevance is judged by; of several paths each counts. */
export interface CallFields {
  readonly identifier: readonly string[];
  readonly title: readonly string[];
  /** Title of a cascade-funding call, whose `title` is that of the topic that pays for it. */
  readonly callTitle?: readonly string[];
  /** What holds for cascade-funding calls only; absent: the feed has none. */
  readonly isCascade?: Condition;
}

/** The calls of a feed that go out of scope, with the reason, as `outOfScope` of its connector. */
export function callsOutOfReach(fields: CallFields): { when: Condition; reason: string }[] {
  const { identifier, title, callTitle = [], isCascade } = fields;
  const isLocal: Condition[] = [hasWords(identifier, localIdentifiers), hasWords(title, localTitles)];
  if (isCascade !== undefined && callTitle.length > 0) isLocal.push({ all: [isCascade, hasWords(callTitle, localTitles)] });

  return outOfReach.flatMap((call) => {
    if (call.cascade === true && isCascade === undefined) return [];
    const all: Condition[] = [hasWords(identifier, call.identifier)];
    if (call.cascade !== undefined && isCascade !== undefined) all.push(call.cascade ? isCascade : { not: isCascade });
    if (call.unlessTitled !== undefined) all.push({ not: hasWords(title, call.unlessTitled) });
    if (!call.evenLocal) all.push({ not: { any: isLocal } });
    return [{ when: { all }, reason: call.reason }];
  });
}

function hasWords(paths: readonly string[], words: readonly string[]): Condition {
  return { any: paths.map((field) => ({ field, hasWords: words })) };
}
