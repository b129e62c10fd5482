/** How something is written, and how not. */
interface GuideExample {
  readonly good: string;
  readonly bad: string;
  /** What becomes of the second. */
  readonly why: string;
}

/** A section of a page of the guide: what it says, and what stands under it. */
export interface GuideSection {
  readonly title: string;
  readonly says: readonly string[];
  readonly list?: readonly string[];
  readonly examples?: readonly GuideExample[];
  /** Of a table: its titles, and its rows. */
  readonly table?: { readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Where it leads to: an address of ours, or elsewhere. */
  readonly links?: readonly { readonly label: string; readonly href: string; readonly isFile?: true }[];
}

/** A page of the guide on how to publish one's aids. `path`: under `/publier-ses-aides`, "" for its first page. */
export interface GuidePage {
  readonly path: string;
  readonly title: string;
  /** Of the list of pages. */
  readonly shortTitle: string;
  readonly lead: string;
  readonly sections: readonly GuideSection[];
}
