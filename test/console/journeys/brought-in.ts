import type { Truth } from "../../bench/survey/truth.ts";

/** A word whose proposed terms a person changes: the labels to tick and untick. */
export interface WordCorrection {
  readonly vocabulary: string;
  readonly word: string;
  readonly clicks: readonly string[];
  readonly why: string;
}

/** What a person changes in the form « Ce que le fichier ne dit pas »: boxes to click by id, texts to write by field. */
interface UnsaidChange {
  readonly clicks?: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
  readonly why: string;
}

/** The changes before a person confirms the form; null if they do not confirm it. */
export type Unsaid = readonly UnsaidChange[] | null;

/** A file, and what a person who knows it corrects besides the fields, which its truth gives. */
export interface BroughtIn {
  /** Name of its truth in `test/bench/survey/truth`. */
  readonly truth: Truth["name"];
  /** Our connectors of the same file, removed from the copy, because their words would be known. */
  readonly ours: readonly string[];
  readonly words: readonly WordCorrection[];
  readonly unsaid: Unsaid;
}

/** The ten files of `docs/onboarding.md`: six real ones, and four invented ones. */
export const filesBroughtIn: readonly BroughtIn[] = [
  {
    truth: "ile-de-france-open-data",
    ours: ["ile-de-france-open-data"],
    words: [
      {
        vocabulary: "targetedAudiences",
        word: "Collectivité ou institution - Bailleurs sociaux",
        clicks: ["commune", "epci", "department"],
        why: "a social landlord is a public body, no authority",
      },
      {
        vocabulary: "targetedAudiences",
        word: "Établissement ou organismes de formation (OF, OPCO, FSS, CFA...)",
        clicks: ["public-org", "private-sector"],
        why: "nothing was proposed; there are both",
      },
    ],
    // Loans, prizes and courses are among its grants: no type holds for all.
    unsaid: null,
  },
  {
    truth: "transition-ecologique-entreprises",
    ours: ["transition-ecologique-entreprises", "tee-programmes"],
    words: [],
    // Its operators finance the programmes, and their themes differ.
    unsaid: null,
  },
  // An aggregator: its calls give grants, prizes or advice.
  { truth: "aggregateur-aap", ours: ["aggregateur-aap"], words: [], unsaid: null },
  // No call has a description, so no value frees one.
  { truth: "horizon-europe-calls", ours: ["horizon-europe-calls"], words: [], unsaid: null },
  {
    truth: "departement-drome",
    ours: ["departement-drome"],
    words: [],
    unsaid: [{ clicks: ["champ-manque-mobilizationSteps-postop"], why: "the texts mention uses, but the grants pay studies and works" }],
  },
  {
    truth: "departement-manche",
    ours: ["departement-manche"],
    words: [],
    unsaid: [{ texts: { contact: "Département de la Manche : https://www.manche.fr/" }, why: "the links lead to a test site" }],
  },
  {
    truth: "made-departement",
    ours: [],
    words: [],
    unsaid: [{ texts: { originUrl: "https://www.departement-exemple.fr/" }, why: "its site has no page for each aid" }],
  },
  {
    truth: "made-agglomeration",
    ours: [],
    words: [],
    unsaid: [
      { clicks: ["champ-manque-destinations-supply"], why: "it also funds festivals" },
      { clicks: ["par-titre-categories"], why: "eight titles that name their theme" },
    ],
  },
  {
    truth: "made-fondation",
    ours: [],
    words: [{ vocabulary: "categories", word: "Développement local", clicks: ["revitalisation"], why: "nothing was proposed" }],
    unsaid: [{ clicks: ["champ-manque-destinations-supply"], why: "it also funds visits and workshops" }],
  },
  {
    truth: "made-parc",
    ours: [],
    words: [],
    unsaid: [{ clicks: ["champ-manque-destinations-supply"], why: "it also funds the running of a service" }],
  },
];
