/** Possible answers of a publisher to a point of a letter. */
export const pointAnswers = ["corrected", "intended", "planned"] as const;

/** Answer of a publisher: corrected at the source, intended, or planned for a day. */
export type PointAnswer = (typeof pointAnswers)[number];

/** Author in logs and runs for actions of publishers, who have no account. */
export const byPublisher = "producteur";
