import type { AidContent } from "../../model/aid/aid.ts";
import type { Slug } from "../../model/vocabularies.ts";

/** One aid as it is online on the day of the switch: reviewed, renamed, corrected. */
export interface LiveAid {
  /** The site's own identifier, as text. */
  readonly id: string;
  /** Name in the address of its page. */
  readonly slug: string | null;
  /** Address of its page as the export writes it: `/aides/1a2b-titre/`, without the site's host. */
  readonly url: string | null;
  /** The publisher's identifier, with what the site puts before it (`IDF_`). The public API does not tell it. */
  readonly importId: string | null;
  /** The publisher's own title, where the export tells it. */
  readonly nameInitial: string | null;
  /** `published` where the export says nothing: the public API holds published aids only. */
  readonly status: Slug<"status">;
  /**
   * The fields that the export tells and that can be read; null or `[]` where it tells that there is nothing. A field that is not here is not told: no
   * conclusion can be drawn from it. Lists hold the terms that we know, territories are read whole or not at all.
   */
  readonly content: Partial<AidContent>;
  /** Values that are there and could not be read, none left out: by field of the aid, or by key of the export where no field is known for it. */
  readonly unread: readonly { readonly field: string; readonly value: unknown }[];
}
