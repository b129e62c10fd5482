/** Description of a file's dataset by an open-data portal. A missing value is null. */
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
