/** Possible answers of a publisher to a point of a letter. */
export const pointAnswers = ["corrected", "intended", "planned"] as const;

/** Answer of a publisher: corrected at the source, intended, or planned for a day. */
export type PointAnswer = (typeof pointAnswers)[number];

/** Author in logs and runs for actions of publishers, who have no account. */
export const byPublisher = "producteur";

/** A letter with recent answers. `points`: number of points and remarks that they are about. */
export interface AnsweredLetter {
  readonly letterId: string;
  readonly connector: string;
  readonly at: Date;
  readonly points: number;
}
