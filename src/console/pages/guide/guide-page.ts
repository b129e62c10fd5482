/** A good example and a bad one. */
interface GuideExample {
  readonly good: string;
  readonly bad: string;
  /** The problem with the bad example. */
  readonly why: string;
}

/** A section of a page of the guide. */
export interface GuideSection {
  readonly title: string;
  /** Paragraphs. */
  readonly says: readonly string[];
  readonly list?: readonly string[];
  readonly examples?: readonly GuideExample[];
  /** A table: caption, column titles and rows. */
  readonly table?: { readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Links, to our pages or elsewhere. */
  readonly links?: readonly { readonly label: string; readonly href: string; readonly isFile?: true }[];
}

/** A page of the guide for publishers. `path`: under `/publier-ses-aides`, "" for its first page. */
export interface GuidePage {
  readonly path: string;
  readonly title: string;
  /** Title in the list of pages. */
  readonly shortTitle: string;
  readonly lead: string;
  readonly sections: readonly GuideSection[];
}
