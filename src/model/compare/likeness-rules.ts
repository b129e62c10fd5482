import type { Match, MatchReason } from "../plan/plan.ts";
import type { TitleLikeness } from "./compare-titles.ts";

/** `unknown` if one of the aids has no value. */
export type Known = "same" | "other" | "unknown";

/**
 * Results of comparing the facts of two aids. `own` means that no other aid on either side has the value, so that it identifies the aid.
 * The link of a portal page that forty aids share, or the title "Appel à projets", does not identify an aid.
 */
export interface SharedFacts {
  /** Every compared field is equal. */
  readonly whole: "own" | "none";
  /** `identifying`: `own`, and links identify the aids of these sides (`weighCandidates`). `another`: so they do, but the links differ. */
  readonly link: "own" | "identifying" | "shared" | "another" | "none";
  /**
   * Equal titles are `own` or `same` if they are specific (`minSignificantWords`), where `same` means that other aids have the title too.
   * Titles that are not specific are `usual` if no other aid has the title, else `general`. `reworded`: only words that any title
   * may contain differ. `named`: a programme in one title is in the other, or is the other (`programmeNames`).
   */
  readonly title: "own" | "usual" | "general" | "reworded" | "named" | TitleLikeness;
  /** The title together with the deadline, or with the opening date if there is no deadline. */
  readonly titleAndDate: "own" | "none";
  /**
   * `swapped`: the deadlines are equal once day and month of one are swapped. `moved`: the deadlines are at most a quarter apart, so one is an extension. `other`: they are further apart, perhaps for another
   * edition. `unknown`: one is missing.
   */
  readonly dates: "same" | "swapped" | "moved" | "other" | "unknown";
  /** `unknown`: a text is missing or short, or the texts are only partly equal. */
  readonly text: "own" | "same" | "similar" | "other" | "unknown";
  readonly financer: Known;
  readonly territory: Known;
  /** Highest loan, advance or rate. */
  readonly amounts: Known;
  readonly audience: Known;
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

const nearTitle = ["reworded", "similar", "named"] as const;
const rewritten = ["variant", "other"] as const;
const sameText = ["own", "same"] as const;
const nearText = ["own", "same", "similar"] as const;
const noOtherText = ["own", "same", "similar", "unknown"] as const;
const sameDate = ["same", "swapped"] as const;
const noOtherDate = [...sameDate, "moved", "unknown"] as const;
const sameOrUnknownDate = [...sameDate, "unknown"] as const;
const notElsewhere = ["same", "unknown"] as const;

/** Rules for the certainty that two aids are the same. The first matching rule counts. */
export const likenessRules: readonly LikenessRule[] = [
  // The same link and title. Territories and financers do not count, because curators correct them.
  { certainty: 1, link: ownLink, title: ["own", "usual", "same"], dates: sameOrUnknownDate },
  { certainty: 0.9, link: ownLink, title: ["general"], dates: sameOrUnknownDate, text: noOtherText },
  { certainty: 0.95, link: ownLink, title: nearTitle, dates: sameOrUnknownDate },
  // The same link and title with a postponed deadline.
  { certainty: 0.9, link: ownLink, title: [...sameTitle, ...nearTitle], dates: ["moved"] },
  // Another title, but the same text.
  { certainty: 0.9, link: ownLink, title: rewritten, dates: noOtherDate, text: sameText },
  { certainty: 0.85, link: ownLink, title: rewritten, dates: sameDate, text: noOtherText },
  // Another edition, under the page of the last one, with the same text.
  { certainty: 0.85, link: ["identifying"], title: ["edition"], dates: noOtherDate, text: nearText },
  // All facts together are equal and unique.
  { certainty: 0.95, whole: ["own"] },
  // The same specific title and the same day.
  { certainty: 0.95, title: ["own"], dates: sameDate, place: notElsewhere },
  // The same long and unique text.
  { certainty: 0.95, text: ["own"], title: [...sameTitle, ...nearTitle], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.9, text: ["own"], title: rewritten, dates: sameOrUnknownDate, place: notElsewhere },
  // The same specific title, and no other fact differs.
  {
    certainty: 0.85,
    title: ["own"],
    link: [...ownLink, "shared", "none"],
    dates: ["unknown"],
    text: noOtherText,
    place: notElsewhere,
    amounts: notElsewhere,
    audience: notElsewhere,
  },
  // The same usual title, and most of the text.
  { certainty: 0.85, title: ["usual"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // The same usual title, day and place.
  { certainty: 0.85, title: ["usual"], dates: sameDate, place: ["same"], text: noOtherText },
  // "Appel à projets" by one financer with a unique deadline.
  { certainty: 0.85, title: sameTitle, titleAndDate: ["own"], dates: ["same"], text: noOtherText, place: ["same"] },
  // Another title and no other fact to compare, but links identify aids on these sides.
  { certainty: 0.8, link: ["identifying"], title: rewritten, dates: noOtherDate, text: noOtherText },

  // The rules below are doubts. The link of a yearly call, which may lead to this year's call, to the last one, or to a variant.
  { certainty: 0.75, link: ownLink, title: [...sameTitle, ...nearTitle, "variant"] },
  // The page may now show another call.
  { certainty: 0.7, link: ownLink, dates: noOtherDate },
  { certainty: 0.55, link: ownLink },
  // The same unique text with another date, number or place. It may be a copy.
  { certainty: 0.7, text: ["own"] },
  // The text was changed, or it is a variant.
  { certainty: 0.7, title: [...sameTitle, ...nearTitle], dates: noOtherDate, text: nearText, place: notElsewhere },
  { certainty: 0.6, title: ["variant"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // The text was changed, or the link differs.
  { certainty: 0.65, title: ["own"], dates: sameOrUnknownDate, place: notElsewhere },
  // A yearly call. Another year is another aid.
  { certainty: 0.55, title: ["own"], place: notElsewhere },
  // An equal title proves nothing without text or day.
  { certainty: 0.6, title: ["own"], text: nearText },
  { certainty: 0.55, title: ["own"], dates: sameDate },
  { certainty: 0.55, title: ["usual", "same"], titleAndDate: ["own"], place: notElsewhere },
  // Several aids have the title, so it is unclear which one matches.
  { certainty: 0.6, title: sameTitle, link: ["shared"], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.55, title: sameTitle, dates: ["same"], place: ["same"] },
  { certainty: 0.55, title: ["same"], dates: noOtherDate, place: notElsewhere },
  // A usual title, or the name of a programme ("Advenir"), that one aid on each side has.
  { certainty: 0.55, title: ["usual"], dates: noOtherDate, place: notElsewhere },
  // Only the verb differs ("Financer…", "Aide à…"), as curators rewrite titles.
  { certainty: 0.6, title: ["reworded"], dates: noOtherDate, text: noOtherText, place: notElsewhere },
  // The name of a programme, in the same place.
  { certainty: 0.55, title: ["named"], dates: noOtherDate, place: ["same"] },
  // Additional words in the title, the same day, and the same financer or territory, without a text to compare.
  { certainty: 0.6, title: nearTitle, dates: ["same"], place: ["same"], text: ["unknown"] },
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

/** Reasons without which two aids of different connectors are not linked by themselves: a title alone may be that of another territory. */
const ties: readonly MatchReason[] = ["same-link", "same-text", "similar-text", "swapped-dates", "same-financer", "same-territory"];

/** Returns true if two aids of different connectors are so certainly the same that nobody has to check it. */
export function isCertain({ certainty, reasons }: Match): boolean {
  return certainty >= pairFrom && reasons.some((reason) => ties.includes(reason));
}
