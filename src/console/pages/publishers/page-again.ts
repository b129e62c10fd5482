/** The page of a publisher given again, because a form on it could not be taken: what was typed into its fields, what is wrong, and what somebody else wrote meanwhile. */
export interface PageAgain {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
  /** A sentence on what stands there instead; the page is a 409 then. */
  readonly moved?: string;
}

/** A page that is looked at for the first time. */
export const firstLook: PageAgain = { typed: {}, problems: {} };
