/** How far one is with a publisher, in the order of a partnership; `paused` and `refused` stand outside of it. */
export const publisherStages = ["spotted", "contacted", "talking", "agreed", "online", "paused", "refused"] as const;

/** How far one is with a publisher. */
export type PublisherStage = (typeof publisherStages)[number];

/**
 * What an entry of a publisher's log is about. Persons write `call`, `mail`, `meeting`, `note`; the others are written by what is done: `stage` (details `from`, `to`), `preview-shared`,
 * `file-checked`, `draft-begun`, `connector-made`, `connector-moved`, `letter-made`, `letter-sent`, `letter-answered`, `feed-read-again`, `agreement`, `online`.
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
  "feed-read-again",
  "online",
] as const;

/** What an entry of a publisher's log is about. */
export type ExchangeKind = (typeof exchangeKinds)[number];
