import type { Condition } from "../expressions/expression.ts";
import localCalls from "./local-calls.json" with { type: "json" };

/** Words of identifiers of calls that our audiences cannot use. Hyphens separate the words of an identifier. */
interface OutOfReach {
  readonly identifier: readonly string[];
  /** In French, for curators. */
  readonly reason: string;
  /** Also excludes calls about territories, which are otherwise kept. */
  readonly evenLocal: boolean;
  /** True: only cascade-funding calls. False: only other calls. */
  readonly cascade?: boolean;
  /** Keeps calls with one of these words in their title. */
  readonly unlessTitled?: readonly string[];
}

/**
 * Calls for which no French municipality, intercommunality, department, region or local association can apply, alone or with partners. The
 * first match gives the reason. Other calls go to review, such as LIFE, CERV, Creative Europe, Erasmus+, CEF Transport and I3.
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

/** Words of calls about territories: missions, New European Bauhaus, rural communities, circular cities and disasters. */
const { identifiers: localIdentifiers, titles: localTitles } = localCalls;

/** Paths of the fields that decide whether a call is out of scope. A match at any path counts. */
export interface CallFields {
  readonly identifier: readonly string[];
  readonly title: readonly string[];
  /** Own title of a cascade-funding call. Its `title` belongs to the topic that funds it. */
  readonly callTitle?: readonly string[];
  /** Condition that only cascade-funding calls meet. Missing if the feed has no such calls. */
  readonly isCascade?: Condition;
}

/** Returns `outOfScope` of a connector of European calls. */
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
