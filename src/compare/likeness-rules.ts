import type { TitleLikeness } from "./compare-titles.ts";

/** `unknown` if one of the aids has no value. */
export type Known = "same" | "other" | "unknown";

/**
 * Results of comparing the facts of two aids. `own` means that no other aid on either side has the value, so that it identifies the aid.
 * The link of a portal page that forty aids share, or the title "Appel à projets", does not identify an aid.
 */
export interface SharedFacts {
  /** The id under which another catalogue imported the aid. */
  readonly importId: "own" | "none";
  /** Every compared field is equal. */
  readonly whole: "own" | "none";
  /**
   * `identifying`: `own`, and links identify the aids of these two sides (`weighCandidates`). `another`: the links differ, and links
   * identify the aids of these two sides.
   */
  readonly link: "own" | "identifying" | "shared" | "another" | "none";
  /**
   * Equal titles are `own` or `same` if they are specific (`minSignificantWords`), where `same` means that other aids have the title too.
   * Titles that are not specific are `usual` if no other aid has the title, else `general`.
   */
  readonly title: "own" | "usual" | "general" | TitleLikeness;
  /** The title together with the deadline, or with the opening date if there is no deadline. */
  readonly titleAndDate: "own" | "none";
  /**
   * `moved`: the deadlines are at most a quarter apart, so one is an extension. `other`: they are further apart, perhaps for another
   * edition. `unknown`: one is missing.
   */
  readonly dates: "same" | "moved" | "other" | "unknown";
  /** `unknown`: a text is missing or short, or the texts are only partly equal. */
  readonly text: "own" | "same" | "similar" | "other" | "unknown";
  readonly financer: Known;
  readonly territory: Known;
  /** Territory and financer together: `other` if one of them is `other`, else `same` if one of them is `same`. */
  readonly place: Known;
}

/** A rule: the accepted values of facts, and the certainty that two such aids are the same. */
export type LikenessRule = { readonly certainty: number } & { readonly [Fact in keyof SharedFacts]?: readonly SharedFacts[Fact][] };

/** Minimum certainty at which two aids count as the same. Below it, a person checks them. */
export const pairFrom = 0.8;
/** Minimum certainty of two aids that are reported at all. */
export const doubtFrom = 0.5;
/** Added for a common financer and for a common territory, to rank candidates. It is too small to turn a doubt into a pair. */
const bonus = 0.02;

const ownLink = ["own", "identifying"] as const;
/** Equal titles. */
export const sameTitle = ["own", "usual", "same", "general"] as const;

const rewritten = ["variant", "other"] as const;
const sameText = ["own", "same"] as const;
const nearText = ["own", "same", "similar"] as const;
const noOtherText = ["own", "same", "similar", "unknown"] as const;
const noOtherDate = ["same", "moved", "unknown"] as const;
const notElsewhere = ["same", "unknown"] as const;

/** Rules for the certainty that two aids are the same. The first matching rule counts. */
export const likenessRules: readonly LikenessRule[] = [
  // The same id of an import.
  { certainty: 1, importId: ["own"] },
  // The same link and title. Territories and financers do not count, because curators correct them.
  { certainty: 1, link: ownLink, title: ["own", "usual", "same"], dates: ["same", "unknown"] },
  { certainty: 0.9, link: ownLink, title: ["general"], dates: ["same", "unknown"], text: noOtherText },
  { certainty: 0.95, link: ownLink, title: ["similar"], dates: ["same", "unknown"] },
  // The same link and title with a postponed deadline.
  { certainty: 0.9, link: ownLink, title: [...sameTitle, "similar"], dates: ["moved"] },
  // Another title, but the same text.
  { certainty: 0.9, link: ownLink, title: rewritten, dates: noOtherDate, text: sameText },
  { certainty: 0.85, link: ownLink, title: rewritten, dates: ["same"], text: noOtherText },
  // All facts together are equal and unique.
  { certainty: 0.95, whole: ["own"] },
  // The same specific title and the same day.
  { certainty: 0.95, title: ["own"], dates: ["same"], place: notElsewhere },
  // The same long and unique text.
  { certainty: 0.95, text: ["own"], title: [...sameTitle, "similar"], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.9, text: ["own"], title: rewritten, dates: ["same", "unknown"], place: notElsewhere },
  // The same specific title, and no other fact differs.
  { certainty: 0.85, title: ["own"], link: [...ownLink, "shared", "none"], dates: ["unknown"], text: noOtherText, place: notElsewhere },
  // The same usual title, and most of the text.
  { certainty: 0.85, title: ["usual"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // "Appel à projets" by one financer with a unique deadline.
  { certainty: 0.85, title: sameTitle, titleAndDate: ["own"], dates: ["same"], text: noOtherText, place: ["same"] },
  // Another title and no other fact to compare, but links identify aids on these sides.
  { certainty: 0.8, link: ["identifying"], title: rewritten, dates: noOtherDate, text: noOtherText },

  // The rules below are doubts. The link of a yearly call, which may lead to this year's call, to the last one, or to a variant.
  { certainty: 0.75, link: ownLink, title: [...sameTitle, "similar", "variant"] },
  // The page may now show another call.
  { certainty: 0.7, link: ownLink, dates: noOtherDate },
  { certainty: 0.55, link: ownLink },
  // The same unique text with another date, number or place. It may be a copy.
  { certainty: 0.7, text: ["own"] },
  // The text was changed, or it is a variant.
  { certainty: 0.7, title: [...sameTitle, "similar"], dates: noOtherDate, text: nearText, place: notElsewhere },
  { certainty: 0.6, title: ["variant"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // The text was changed, or the link differs.
  { certainty: 0.65, title: ["own"], dates: ["same", "unknown"], place: notElsewhere },
  // A yearly call. Another year is another aid.
  { certainty: 0.55, title: ["own"], place: notElsewhere },
  // An equal title proves nothing without text or day.
  { certainty: 0.6, title: ["own"], text: nearText },
  { certainty: 0.55, title: ["own"], dates: ["same"] },
  { certainty: 0.55, title: ["usual", "same"], titleAndDate: ["own"], place: notElsewhere },
  // Several aids have the title, so it is unclear which one matches.
  { certainty: 0.6, title: sameTitle, link: ["shared"], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.55, title: sameTitle, dates: ["same"], place: ["same"] },
  { certainty: 0.55, title: ["same"], dates: noOtherDate, place: notElsewhere },
  // A usual title, or the name of a programme ("Advenir"), that one aid on each side has.
  { certainty: 0.55, title: ["usual"], dates: noOtherDate, place: notElsewhere },
  // Additional words in the title, the same day, and the same financer or territory, without a text to compare.
  { certainty: 0.6, title: ["similar"], dates: ["same"], place: ["same"], text: ["unknown"] },
];

const conditions = likenessRules.map(({ certainty, ...accepted }) => ({
  certainty,
  accepted: Object.entries(accepted) as [keyof SharedFacts, readonly string[]][],
}));

/** Returns the certainty by the first matching rule, from 0 to 1 with two decimals. Returns 0 if no rule matches. */
export function certaintyOf(facts: SharedFacts): number {
  const fitting = conditions.find(({ accepted }) => accepted.every(([fact, values]) => values.includes(facts[fact])));
  if (fitting === undefined) return 0;
  const raised = fitting.certainty + (facts.financer === "same" ? bonus : 0) + (facts.territory === "same" ? bonus : 0);
  return Math.min(1, Math.round(raised * 100) / 100);
}
