import type { Preview } from "../ingest/preview-aids.ts";
import { type Aid, type AidContent, type AidField, aidFields, isEmptyValue } from "../model/aid/aid.ts";
import { wholeContent } from "../model/aid/filled-content.ts";
import { askedOfPublisher } from "../model/aid/publishable.ts";
import { leftOutOf, withoutPeopleInAid } from "../privacy/without-people-in-aid.ts";

const maxAids = 20;

export interface SharedAid {
  readonly content: AidContent;
  /** Fields that only its publisher can fill, and that it lacks to be fully described. */
  readonly missing: readonly AidField[];
  /** Somebody says that it is permanent, if it is (`isPermanentStated`). Absent from previews of former versions. */
  readonly isPermanent?: boolean;
  /** Fields that the gate for people has emptied. */
  readonly leftOut?: readonly AidField[];
  /** Fields with a value of ours that nobody has confirmed. */
  readonly ours?: readonly AidField[];
}

/** Stored content of a shared preview, from the moment of sharing. Contains no names of people and no internal information. */
export interface PreviewContent {
  readonly publisher: string;
  /** Number of valid aids, and of those that can be published. */
  readonly valid: number;
  readonly publishable: number;
  /** Number of aids that lack each field that only their publisher can fill, in the usual order of fields. */
  readonly missing: readonly { readonly field: AidField; readonly count: number }[];
  readonly aids: readonly SharedAid[];
}

/** The aids of a preview, of which the first are shown. */
type PreviewedAids = Pick<Preview, "valid" | "publishable" | "missing"> & {
  readonly aids: readonly (Pick<Preview["aids"][number], "externalId" | "content" | "missing"> & Pick<SharedAid, "isPermanent" | "ours">)[];
};

export function previewContent(publisher: string, { valid, publishable, missing, aids }: PreviewedAids): PreviewContent {
  return {
    publisher,
    valid,
    publishable,
    missing: askedOfPublisher(aidFields).flatMap((field) => (missing[field] === undefined ? [] : { field, count: missing[field] })),
    aids: aids.slice(0, maxAids).map(({ externalId, content, missing: lacks, isPermanent, ours }) => {
      const open = withoutPeopleInAid({ ...content, externalId, aidId: "", connector: "" } as Aid, "mailbox");
      return {
        content: filled(open),
        missing: askedOfPublisher(lacks),
        ...(isPermanent !== undefined && { isPermanent }),
        ...(ours !== undefined && { ours }),
        leftOut: leftOutOf(content, open),
      };
    }),
  };
}

/** Adds the empty fields to stored content. Only this application writes it, so it is not validated. */
export function keptContent(kept: unknown): PreviewContent {
  const content = kept as PreviewContent;
  return { ...content, aids: content.aids.map((aid) => ({ ...aid, content: wholeContent(aid.content) })) };
}

function filled(aid: Aid): AidContent {
  return Object.fromEntries(aidFields.flatMap((field) => (isEmptyValue(aid[field]) ? [] : [[field, aid[field]]]))) as unknown as AidContent;
}
