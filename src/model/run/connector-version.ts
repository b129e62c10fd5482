/** What persons decided about a publisher's words: term file -> word -> our terms, none where it is ignored. It stands over the term files. */
export type VersionTerms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What a version of a connector says. */
export interface VersionContent {
  /** The whole definition of a connector that stands in no file; null where the file's counts, with `changes` over it. */
  readonly definition: Readonly<Record<string, unknown>> | null;
  /** Key of the definition -> what stands there instead; under `fields` by field. Null takes a key, or a field's rule, away. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly terms: VersionTerms;
}

/** One version of a connector, as a person made it. The newest counts. */
export interface ConnectorVersion extends VersionContent {
  readonly connector: string;
  /** From 1. */
  readonly version: number;
  readonly why: string;
  readonly by: string;
  readonly at: Date;
}
