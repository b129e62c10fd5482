import type { SiteFile } from "../../../support/site-server.ts";

/** What the page of an aid tells a careful reader. Texts are plain; an array is a list of items. */
export interface ToldAid {
  readonly path: string;
  readonly title: string;
  readonly purpose: string;
  readonly beneficiaries?: string | readonly string[];
  readonly conditions?: string | readonly string[];
  readonly expenses?: string | readonly string[];
  readonly amount?: string | readonly string[];
  /** As written on the page, and the date. */
  readonly deadline?: readonly [text: string, date: string];
  readonly contact?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly apply?: string;
  /** Address of a form to apply. */
  readonly applicationUrl?: string;
  readonly isCall?: boolean;
  /** Date of the page. */
  readonly updated?: string;
}

/** A site with a list of aids, and what a careful reader finds there. */
export interface FirstSightSite {
  readonly id: string;
  /** Path of the list that a person pastes. */
  readonly list: string;
  readonly aids: readonly ToldAid[];
  /** Number of aids on the first page of the list. */
  readonly listed: number;
  /** Texts of menus, banners, side columns and footers, which no field of an aid may have. */
  readonly noise: readonly string[];
  readonly files: Readonly<Record<string, SiteFile>>;
}

/** Returns a text as the inner HTML of a block: paragraphs for a text, a list for items. */
export function block(text: string | readonly string[], ul = "<ul>"): string {
  return typeof text === "string" ? `<p>${text}</p>` : `${ul}${text.map((item) => `<li>${item}</li>`).join("")}</ul>`;
}

/** Returns a text on one line. */
export function inline(text: string | readonly string[]): string {
  return typeof text === "string" ? text : text.join(", ");
}
