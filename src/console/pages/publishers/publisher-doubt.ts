import type { PublisherActivity } from "../../../catalogue/publishers/publisher-listing-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";

/**
 * What does not fit between how far one is with a publisher and its aids on the site: `stopped`: it refused or is paused, and some are there; `withdrawn`: its agreement was
 * taken back, and some are there; `empty`: it stands at `online`, and none is there. Nothing of it is put right by itself.
 */
export const publisherDoubts = ["stopped", "withdrawn", "empty"] as const;

/** What does not fit between a publisher's stage and its aids on the site. */
export type PublisherDoubt = (typeof publisherDoubts)[number];

/** Null where nothing is amiss. */
export function doubtOf(
  { stage, licence }: Pick<StoredPublisher, "stage" | "licence">,
  { liveAids, wasAgreed }: Pick<PublisherActivity, "liveAids" | "wasAgreed">,
): PublisherDoubt | null {
  if (liveAids === 0) return stage === "online" ? "empty" : null;
  if (stage === "refused" || stage === "paused") return "stopped";
  return licence === null && wasAgreed ? "withdrawn" : null;
}

const words: Readonly<Record<PublisherDoubt, string>> = {
  stopped: "des aides restent en ligne",
  withdrawn: "accord retiré, des aides restent en ligne",
  empty: "sans aide publiée",
};

/** What does not fit, in the words that stand beside the stage. */
export function doubtWords(doubt: PublisherDoubt): string {
  return words[doubt];
}
