/** What an open-data portal says about the dataset of a file, as written; null if it says nothing. */
export interface PortalDataset {
  readonly title: string | null;
  readonly organisation: string | null;
  readonly licence: string | null;
  /** Announced frequency of updates. */
  readonly frequency: string | null;
  /** Title of the file. */
  readonly file: string | null;
  /** Last change of the file. */
  readonly fileChangedAt: string | null;
}
