import { type Aid, type AidContent, type AidField, aidFields, isEmptyValue } from "../../../model/aid/aid.ts";
import { wholeContent } from "../../../model/aid/filled-content.ts";
import { withoutPeopleInAid } from "../../../privacy/without-people-in-aid.ts";
import type { Preview } from "../../sample/sample-ask.ts";

const maxAids = 20;

/** An aid of a shared preview. */
export interface SharedAid {
  readonly content: AidContent;
  /** What it still needs to be published. */
  readonly missing: readonly AidField[];
}

/** What a shared preview shows: aids as they were at that moment, and what they lack. Nobody is named in it, and nothing of how we work. */
export interface PreviewContent {
  readonly publisher: string;
  /** Aids that come out of the file, and those of them that lack nothing. */
  readonly valid: number;
  readonly publishable: number;
  /** Field -> aids that lack it, in our order. */
  readonly missing: readonly { readonly field: AidField; readonly count: number }[];
  readonly aids: readonly SharedAid[];
}

/** What is kept of a preview when it is shared. */
export function previewContent(publisher: string, { valid, publishable, missing, aids }: Preview): PreviewContent {
  return {
    publisher,
    valid,
    publishable,
    missing: aidFields.flatMap((field) => (missing[field] === undefined ? [] : { field, count: missing[field] })),
    aids: aids.slice(0, maxAids).map(({ externalId, content, missing: lacks }) => ({
      content: filled(withoutPeopleInAid({ ...content, externalId, aidId: "", connector: "" } as Aid, "mailbox")),
      missing: lacks,
    })),
  };
}

/** What was kept, as it is shown: nobody but us writes it. */
export function keptContent(kept: unknown): PreviewContent {
  const content = kept as PreviewContent;
  return { ...content, aids: content.aids.map((aid) => ({ ...aid, content: wholeContent(aid.content) })) };
}

/** The fields alone, without those that say nothing. */
function filled(aid: Aid): AidContent {
  return Object.fromEntries(aidFields.flatMap((field) => (isEmptyValue(aid[field]) ? [] : [[field, aid[field]]]))) as unknown as AidContent;
}
