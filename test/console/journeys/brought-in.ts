/** A person's choice of source for a field, instead of the proposal. */
export type Correction =
  | { readonly field: string; readonly from: string; readonly why: string }
  | { readonly field: string; readonly always: string; readonly why: string }
  | { readonly field: string; readonly nothing: true; readonly why: string };

/** A word whose proposed terms a person changes: the labels to tick and untick. */
export interface WordCorrection {
  readonly vocabulary: string;
  readonly word: string;
  readonly clicks: readonly string[];
  readonly why: string;
}

/** A real file, and the corrections of a person who knows it. */
export interface BroughtIn {
  /** Relative to the real data. */
  readonly file: string;
  /** Our connectors of the same file, removed from the copy, because their words would be known. */
  readonly ours: readonly string[];
  readonly publisher: string;
  /** If the name does not tell it. */
  readonly kind?: string;
  readonly territory?: string;
  readonly fields: readonly Correction[];
  readonly words: readonly WordCorrection[];
}

/** The four files of `docs/onboarding.md`. */
export const filesBroughtIn: readonly BroughtIn[] = [
  {
    file: "aids/iledefrance_raw.json",
    ours: ["ile-de-france-open-data"],
    publisher: "Données ouvertes d’Île-de-France",
    kind: "aggregator",
    territory: "Île-de-France (région 11)",
    fields: [
      { field: "startDate", from: "date_publication", why: "it is the opening of the campaign" },
      { field: "categories", nothing: true, why: "the aggregator guessed them from parts of words, wrongly" },
    ],
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
  },
  {
    file: "aids/tee_data_gouv_export_2025-10.csv",
    ours: ["transition-ecologique-entreprises", "tee-programmes"],
    publisher: "Transition écologique des entreprises",
    kind: "agency",
    territory: "France",
    fields: [],
    words: [],
  },
  {
    file: "aids/aap_export.csv",
    ours: ["aggregateur-aap"],
    publisher: "Appels à projets (agrégateur)",
    kind: "aggregator",
    territory: "France",
    fields: [
      { field: "categories", nothing: true, why: "guessed by the aggregator, wrongly" },
      { field: "applicationUrl", nothing: true, why: "often the first address of a text, be it a regulation" },
    ],
    words: [],
  },
  {
    file: "eu/HE_calls_2023-05-05.xlsx",
    ours: ["horizon-europe-calls"],
    publisher: "Commission européenne",
    fields: [{ field: "programs", always: "Horizon Europe (HORIZON)", why: "the file is of one programme, and does not say so" }],
    words: [],
  },
];
