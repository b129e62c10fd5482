/**
 * Stages of a partnership in order, except the last two, which are outside the order. `refused`: the publisher declined the partnership.
 */
export const publisherStages = ["spotted", "contacted", "talking", "agreed", "online", "paused", "refused"] as const;

/** How far the team is with a publisher. */
export type PublisherStage = (typeof publisherStages)[number];

/**
 * Kinds of log entries. People write `call`, `mail`, `meeting` and `note`. Actions in the console write the others. `stage` has the details
 * `from` and `to`.
 */
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

/** Kind of a log entry. */
export type ExchangeKind = (typeof exchangeKinds)[number];
