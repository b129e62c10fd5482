import type { TitleLikeness } from "./compare-titles.ts";

/** `unknown` if one side has no value. */
export type Known = "same" | "other" | "unknown";

/**
 * Facts that two aids share. `own`: no other aid on either side has it, so it identifies. A portal page that is the link of forty aids, or
 * the title "Appel à projets", does not.
 */
export interface SharedFacts {
  /** The id of an import. */
  readonly importId: "own" | "none";
  /** Every compared field is equal. */
  readonly whole: "own" | "none";
  /**
   * `identifying`: own, and links identify aids in these lists (`linksIdentify`); `another`: both have one, they differ, and links
   * identify.
   */
  readonly link: "own" | "identifying" | "shared" | "another" | "none";
  /**
   * Equal titles: `own` if no other aid has it, `usual` if also unique but not specific, `same` if others have it, `general` if not
   * specific.
   */
  readonly title: "own" | "usual" | "general" | TitleLikeness;
  /** Title together with the deadline, else with the opening date. */
  readonly titleAndDate: "own" | "none";
  /**
   * `moved`: deadlines less than a quarter apart, an extension; `other`: further apart, perhaps another edition; `unknown`: one is
   * missing.
   */
  readonly dates: "same" | "moved" | "other" | "unknown";
  /** `unknown`: a text is missing, short, or partly the same. */
  readonly text: "own" | "same" | "similar" | "other" | "unknown";
  readonly financer: Known;
  readonly territory: Known;
  /** Territory and financer together: `other` if either has nothing in common, else `same` if either has something. */
  readonly place: Known;
}

/** One row of the table: the accepted values of facts, and the certainty that such aids are the same. */
export type LikenessRule = { readonly certainty: number } & { readonly [Fact in keyof SharedFacts]?: readonly SharedFacts[Fact][] };

/** From this certainty on two aids count as the same; below it a person checks. */
export const pairFrom = 0.8;
/** Below this certainty nothing is reported. */
export const doubtFrom = 0.5;
/** Added for a common financer, and again for a common territory, to rank candidates. It never turns a doubt into a pair. */
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

/** Certainty that two aids are the same. The first matching row counts. */
export const likenessRules: readonly LikenessRule[] = [
  // The imported catalogue says so.
  { certainty: 1, importId: ["own"] },
  // Same page and title. Curators correct territories and financers, so these do not count.
  { certainty: 1, link: ownLink, title: ["own", "usual", "same"], dates: ["same", "unknown"] },
  { certainty: 0.9, link: ownLink, title: ["general"], dates: ["same", "unknown"], text: noOtherText },
  { certainty: 0.95, link: ownLink, title: ["similar"], dates: ["same", "unknown"] },
  // The same with a postponed deadline.
  { certainty: 0.9, link: ownLink, title: [...sameTitle, "similar"], dates: ["moved"] },
  // Renamed, but the text is still the same.
  { certainty: 0.9, link: ownLink, title: rewritten, dates: noOtherDate, text: sameText },
  { certainty: 0.85, link: ownLink, title: rewritten, dates: ["same"], text: noOtherText },
  // Everything known is equal and unique.
  { certainty: 0.95, whole: ["own"] },
  // A specific title and the day.
  { certainty: 0.95, title: ["own"], dates: ["same"], place: notElsewhere },
  // A long unique text.
  { certainty: 0.95, text: ["own"], title: [...sameTitle, "similar"], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.9, text: ["own"], title: rewritten, dates: ["same", "unknown"], place: notElsewhere },
  // A specific title, and nothing against it.
  { certainty: 0.85, title: ["own"], link: [...ownLink, "shared", "none"], dates: ["unknown"], text: noOtherText, place: notElsewhere },
  // A usual title, and most of the text.
  { certainty: 0.85, title: ["usual"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // "Appel à projets" by one financer with a unique deadline.
  { certainty: 0.85, title: sameTitle, titleAndDate: ["own"], dates: ["same"], text: noOtherText, place: ["same"] },
  // Renamed with nothing else to compare, where nine links in ten still lead to the same aid.
  { certainty: 0.8, link: ["identifying"], title: rewritten, dates: noOtherDate, text: noOtherText },

  // Doubts from here on. The page of a yearly call: perhaps this year's, perhaps the last, or a variant.
  { certainty: 0.75, link: ownLink, title: [...sameTitle, "similar", "variant"] },
  // The page may show another call by now.
  { certainty: 0.7, link: ownLink, dates: noOtherDate },
  { certainty: 0.55, link: ownLink },
  // A unique text, but another date, number or place: it may have been copied.
  { certainty: 0.7, text: ["own"] },
  // Rewritten, or a variant.
  { certainty: 0.7, title: [...sameTitle, "similar"], dates: noOtherDate, text: nearText, place: notElsewhere },
  { certainty: 0.6, title: ["variant"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // The text was rewritten, or the page is another one.
  { certainty: 0.65, title: ["own"], dates: ["same", "unknown"], place: notElsewhere },
  // A yearly call: the other year is another aid.
  { certainty: 0.55, title: ["own"], place: notElsewhere },
  // An equal title proves nothing without text or day.
  { certainty: 0.6, title: ["own"], text: nearText },
  { certainty: 0.55, title: ["own"], dates: ["same"] },
  { certainty: 0.55, title: ["usual", "same"], titleAndDate: ["own"], place: notElsewhere },
  // Several aids have it, so it is unclear which one matches.
  { certainty: 0.6, title: sameTitle, link: ["shared"], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.55, title: sameTitle, dates: ["same"], place: ["same"] },
  { certainty: 0.55, title: ["same"], dates: noOtherDate, place: notElsewhere },
  // A usual title, or a programme's name ("Advenir"), that one aid on each side has.
  { certainty: 0.55, title: ["usual"], dates: noOtherDate, place: notElsewhere },
  // Words added to the title, same day, same financer or territory, no text to compare.
  { certainty: 0.6, title: ["similar"], dates: ["same"], place: ["same"], text: ["unknown"] },
];

const conditions = likenessRules.map(({ certainty, ...asked }) => ({
  certainty,
  asked: Object.entries(asked) as [keyof SharedFacts, readonly string[]][],
}));

/** Returns the certainty of the first matching row, from 0 to 1 with two decimals; 0 if none matches. */
export function certaintyOf(facts: SharedFacts): number {
  const fitting = conditions.find(({ asked }) => asked.every(([fact, values]) => values.includes(facts[fact])));
  if (fitting === undefined) return 0;
  const raised = fitting.certainty + (facts.financer === "same" ? bonus : 0) + (facts.territory === "same" ? bonus : 0);
  return Math.min(1, Math.round(raised * 100) / 100);
}
