/** Decisions about a publisher's words: term file -> word -> our terms, empty to ignore the word. They override the term files. */
export type VersionTerms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Content of a version of a connector. */
export interface VersionContent {
  /** The whole definition of a connector without a file; null if `changes` override a file's. */
  readonly definition: Readonly<Record<string, unknown>> | null;
  /** Key of the definition -> its new value; keys under `fields` are per field. Null removes a key or a field's rule. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly terms: VersionTerms;
}

/** One version of a connector, made by a person. The newest counts. */
export interface ConnectorVersion extends VersionContent {
  readonly connector: string;
  /** Starts at 1. */
  readonly version: number;
  readonly why: string;
  readonly by: string;
  readonly at: Date;
}
