/** For each term file, the publisher's words and our terms for each word. They override the term file. An empty list ignores the word. */
export type VersionTerms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Content of a version of a connector. */
export interface VersionContent {
  /** The whole definition of a connector without a file; null if the connector has a file. */
  readonly definition: Readonly<Record<string, unknown>> | null;
  /** New value for each changed key of the definition. Under `fields`, a new rule for each changed field. Null removes a key or a rule. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly terms: VersionTerms;
}

/** A version of a connector, made by a person. The newest version is used. */
export interface ConnectorVersion extends VersionContent {
  readonly connector: string;
  /** Starts at 1. */
  readonly version: number;
  readonly why: string;
  readonly by: string;
  readonly at: Date;
}
