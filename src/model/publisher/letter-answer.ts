/** What a publisher can say of a point of a letter. */
export const pointAnswers = ["corrected", "intended", "planned"] as const;

/** What a publisher says of a point of a letter: mended at the source; meant as it is; to be mended by a day. */
export type PointAnswer = (typeof pointAnswers)[number];
