import type { Truth } from "../../bench/survey/truth.ts";

/** A word whose proposed terms a person changes: the labels to tick and untick. */
export interface WordCorrection {
  readonly vocabulary: string;
  readonly word: string;
  readonly clicks: readonly string[];
  readonly why: string;
}

/** A file, and what a person who knows it corrects besides the fields, which its truth gives. */
export interface BroughtIn {
  /** Name of its truth in `test/bench/survey/truth`. */
  readonly truth: Truth["name"];
  /** Our connectors of the same file, removed from the copy, because their words would be known. */
  readonly ours: readonly string[];
  readonly words: readonly WordCorrection[];
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
  },
  { truth: "transition-ecologique-entreprises", ours: ["transition-ecologique-entreprises", "tee-programmes"], words: [] },
  { truth: "aggregateur-aap", ours: ["aggregateur-aap"], words: [] },
  { truth: "horizon-europe-calls", ours: ["horizon-europe-calls"], words: [] },
  { truth: "departement-drome", ours: ["departement-drome"], words: [] },
  { truth: "departement-manche", ours: ["departement-manche"], words: [] },
  { truth: "made-departement", ours: [], words: [] },
  { truth: "made-agglomeration", ours: [], words: [] },
  { truth: "made-fondation", ours: [], words: [] },
  { truth: "made-parc", ours: [], words: [] },
];
