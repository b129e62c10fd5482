import type { AidContent } from "../../model/aid/aid.ts";
import type { Slug } from "../../model/vocabularies.ts";

/** An aid as the site shows it at the time of adoption, after review and corrections. */
export interface LiveAid {
  /** The site's identifier as text. */
  readonly id: string;
  /** Slug of its page. */
  readonly slug: string | null;
  /** Path of its page as exported: `/aides/1a2b-titre/`, without host. */
  readonly url: string | null;
  /** The publisher's identifier with the site's prefix (`IDF_`). The public API does not contain it. */
  readonly importId: string | null;
  /** The publisher's title, if exported. */
  readonly nameInitial: string | null;
  /** `published` if the export has no status: the public API contains published aids only. */
  readonly status: Slug<"status">;
  /**
   * The fields that are exported and readable. Empty values are null or `[]`; unknown fields are missing. Lists contain only known terms.
   * Territories are complete or missing.
   */
  readonly content: Partial<AidContent>;
  /** Backers with their number on the site, if exported. */
  readonly numberedBackers: readonly { readonly name: string; readonly number: number }[];
  /** Unreadable values. `field`: the aid's field, or the export's key if no field corresponds. */
  readonly unread: readonly { readonly field: string; readonly value: unknown }[];
}

const site = "https://aides-territoires.beta.gouv.fr";

/** Returns the full address of a live aid's page, or null if the export has none. */
export function siteAddressOf({ url, slug }: Pick<LiveAid, "url" | "slug">): string | null {
  const path = url ?? (slug === null ? null : `/aides/${slug}/`);
  if (path === null || !URL.canParse(path, site)) return null;
  const address = new URL(path, site);
  return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
}
