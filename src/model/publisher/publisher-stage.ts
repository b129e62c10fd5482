/** Stages of a partnership in order, and then two outside the order. `refused`: the publisher declined the partnership. */
export const publisherStages = ["spotted", "contacted", "talking", "agreed", "online", "paused", "refused"] as const;

export type PublisherStage = (typeof publisherStages)[number];

/** Kinds of log entries. People write the first four, actions in the console the others. `stage` has the details `from` and `to`. */
const exchangeKinds = [
  "call",
  "mail",
  "meeting",
  "note",
  "stage",
  "agreement",
  "preview-shared",
  "file-checked",
  "draft-begun",
  "connector-made",
  "connector-moved",
  "letter-made",
  "letter-sent",
  "letter-answered",
  "publisher-asked",
  "file-offered",
  "file-validated",
  "file-revoked",
  "feed-read-again",
  "publisher-act",
  "online",
] as const;

export type ExchangeKind = (typeof exchangeKinds)[number];
