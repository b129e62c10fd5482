/** Why the radar follows an address: a declared schema, words in its title or description, or pages below one folder of a site. */
export type LeadReason =
  | { readonly code: "schema"; readonly name: string }
  | { readonly code: "words"; readonly words: readonly string[] }
  | { readonly code: "pages"; readonly folder: string; readonly count: number };

/** A feed that a catalogue or a site names. */
export interface FeedFind {
  /** Address of the file, or of the folder of a site's pages. */
  readonly address: string;
  readonly title: string;
  /** Name of the publisher as the catalogue writes it. */
  readonly publisher: string;
  /** Page about the file for people, or null. */
  readonly page: string | null;
  /** Host where it was found. */
  readonly catalogue: string;
  readonly reasons: readonly LeadReason[];
  /** Identifier and slug of its dataset, if the catalogue has datasets. */
  readonly datasets?: readonly string[];
}

/** Kinds of leads that are worth a connector: two kinds of files, and the pages of a site. */
export const usefulLeadKinds: readonly string[] = ["aids", "calls", "pages"];

export type LeadState = "open" | "refused";
