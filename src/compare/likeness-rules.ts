import type { TitleLikeness } from "./compare-titles.ts";

/** `unknown` where one side does not say. */
export type Known = "same" | "other" | "unknown";

/**
 * What two aids have in common. `own`: no other aid on either side has it, which is what makes it tell: forty aids with the page of a
 * portal as their link, ten called "Appel à projets", are not the same for that.
 */
export interface SharedFacts {
  /** The id of an import. */
  readonly importId: "own" | "none";
  /** Everything that is compared, each field equal. */
  readonly whole: "own" | "none";
  /**
   * `identifying`: its own, and links identify aids in these lists (`linksIdentify`); `another`: each has one, they differ, and links
   * identify.
   */
  readonly link: "own" | "identifying" | "shared" | "another" | "none";
  /**
   * Word for word: `own` where no other aid has it, `usual` where it says little and no other aid has it, `same` where others have it,
   * `general` where it says nothing or little.
   */
  readonly title: "own" | "usual" | "general" | TitleLikeness;
  /** Title and deadline (or, where there is none, opening date) together. */
  readonly titleAndDate: "own" | "none";
  /**
   * `moved`: deadlines less than a quarter apart, an extension; `other`: further apart, perhaps another edition; `unknown`: one has none.
   */
  readonly dates: "same" | "moved" | "other" | "unknown";
  /** `unknown`: a text is missing, or short, or partly the same. */
  readonly text: "own" | "same" | "similar" | "other" | "unknown";
  readonly financer: Known;
  readonly territory: Known;
  /** Both together: `other` where either has nothing in common, else `same` where either has something. */
  readonly place: Known;
}

/** One row of the table: the facts it asks for, each one of the values given, and how certain it is then that two aids are the same. */
export type LikenessRule = { readonly certainty: number } & { readonly [Fact in keyof SharedFacts]?: readonly SharedFacts[Fact][] };

/** From here on two aids are taken for the same; below, a person looks. */
export const pairFrom = 0.8;
/** Below, nothing is said. */
export const doubtFrom = 0.5;
/** Added for a financer in common, and again for a territory: sets one rival before another. No doubt of the table becomes a pair by it. */
const bonus = 0.02;

const ownLink = ["own", "identifying"] as const;
/** Titles that are the same word for word. */
export const sameTitle = ["own", "usual", "same", "general"] as const;

const rewritten = ["variant", "other"] as const;
const sameText = ["own", "same"] as const;
const nearText = ["own", "same", "similar"] as const;
const noOtherText = ["own", "same", "similar", "unknown"] as const;
const noOtherDate = ["same", "moved", "unknown"] as const;
const notElsewhere = ["same", "unknown"] as const;

/** How certain it is that two aids are the same: the first row that fits. */
export const likenessRules: readonly LikenessRule[] = [
  // The catalogue that we take over says so.
  { certainty: 1, importId: ["own"] },
  // One page, one title. Territories and financers do not count against it: curators correct both.
  { certainty: 1, link: ownLink, title: ["own", "usual", "same"], dates: ["same", "unknown"] },
  { certainty: 0.9, link: ownLink, title: ["general"], dates: ["same", "unknown"], text: noOtherText },
  { certainty: 0.95, link: ownLink, title: ["similar"], dates: ["same", "unknown"] },
  // The same with its deadline put off.
  { certainty: 0.9, link: ownLink, title: [...sameTitle, "similar"], dates: ["moved"] },
  // Renamed from top to bottom: what stands on the page is still the same.
  { certainty: 0.9, link: ownLink, title: rewritten, dates: noOtherDate, text: sameText },
  { certainty: 0.85, link: ownLink, title: rewritten, dates: ["same"], text: noOtherText },
  // All that we know of it is the same, and tells it from all others.
  { certainty: 0.95, whole: ["own"] },
  // A title that says something, and the day.
  { certainty: 0.95, title: ["own"], dates: ["same"], place: notElsewhere },
  // A long text that nobody else has.
  { certainty: 0.95, text: ["own"], title: [...sameTitle, "similar"], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.9, text: ["own"], title: rewritten, dates: ["same", "unknown"], place: notElsewhere },
  // A title that says something, and nothing against it.
  { certainty: 0.85, title: ["own"], link: [...ownLink, "shared", "none"], dates: ["unknown"], text: noOtherText, place: notElsewhere },
  // A usual title, and most of the text.
  { certainty: 0.85, title: ["usual"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // "Appel à projets" of one financer, closing on a day of its own.
  { certainty: 0.85, title: sameTitle, titleAndDate: ["own"], dates: ["same"], text: noOtherText, place: ["same"] },
  // Renamed, nothing else to compare, where nine links in ten lead to the aid they led to.
  { certainty: 0.8, link: ["identifying"], title: rewritten, dates: noOtherDate, text: noOtherText },

  // From here on doubts. The page of a call that comes every year: perhaps this year's, perhaps the one before; or a variant of what stood
  // there.
  { certainty: 0.75, link: ownLink, title: [...sameTitle, "similar", "variant"] },
  // Another call may stand on the page by now.
  { certainty: 0.7, link: ownLink, dates: noOtherDate },
  { certainty: 0.55, link: ownLink },
  // A text of its own, but another year's date or number, or elsewhere: it may have been copied.
  { certainty: 0.7, text: ["own"] },
  // Rewritten, or a variant.
  { certainty: 0.7, title: [...sameTitle, "similar"], dates: noOtherDate, text: nearText, place: notElsewhere },
  { certainty: 0.6, title: ["variant"], dates: noOtherDate, text: nearText, place: notElsewhere },
  // The text was rewritten, or its page is another one.
  { certainty: 0.65, title: ["own"], dates: ["same", "unknown"], place: notElsewhere },
  // A yearly call: the other year's is another aid.
  { certainty: 0.55, title: ["own"], place: notElsewhere },
  // The same title here and there says nothing, unless text or day agree.
  { certainty: 0.6, title: ["own"], text: nearText },
  { certainty: 0.55, title: ["own"], dates: ["same"] },
  { certainty: 0.55, title: ["usual", "same"], titleAndDate: ["own"], place: notElsewhere },
  // Several have it: which of them is it?
  { certainty: 0.6, title: sameTitle, link: ["shared"], dates: noOtherDate, place: notElsewhere },
  { certainty: 0.55, title: sameTitle, dates: ["same"], place: ["same"] },
  { certainty: 0.55, title: ["same"], dates: noOtherDate, place: notElsewhere },
  // A usual title, or the name of a programme ("Advenir"), that one aid has here and one there.
  { certainty: 0.55, title: ["usual"], dates: noOtherDate, place: notElsewhere },
  // Words added to the title, same day, same financer or territory, and no text to compare.
  { certainty: 0.6, title: ["similar"], dates: ["same"], place: ["same"], text: ["unknown"] },
];

const conditions = likenessRules.map(({ certainty, ...asked }) => ({
  certainty,
  asked: Object.entries(asked) as [keyof SharedFacts, readonly string[]][],
}));

/** Certainty of the first row that fits, from 0 to 1, two decimals; 0 where none does. */
export function certaintyOf(facts: SharedFacts): number {
  const fitting = conditions.find(({ asked }) => asked.every(([fact, values]) => values.includes(facts[fact])));
  if (fitting === undefined) return 0;
  const raised = fitting.certainty + (facts.financer === "same" ? bonus : 0) + (facts.territory === "same" ? bonus : 0);
  return Math.min(1, Math.round(raised * 100) / 100);
}
