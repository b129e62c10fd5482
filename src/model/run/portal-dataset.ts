/** What an open-data portal says of the dataset that a feed is a file of, as the portal writes it; null where it says nothing. */
export interface PortalDataset {
  readonly title: string | null;
  readonly organisation: string | null;
  readonly licence: string | null;
  /** How often the dataset is said to change. */
  readonly frequency: string | null;
  /** Title of the file. */
  readonly file: string | null;
  /** When the file last changed. */
  readonly fileChangedAt: string | null;
}
