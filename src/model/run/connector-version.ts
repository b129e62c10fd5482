/** Our terms by term file and word of the publisher. They override the term files. An empty list ignores the word. */
export type VersionTerms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Content of a version of a connector. */
export interface VersionContent {
  /** The whole definition of a connector without a file; null if the connector has a file. */
  readonly definition: Readonly<Record<string, unknown>> | null;
  /** New values by key of the definition; the value of `fields` is by field. Null removes a key or the rule of a field. */
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
