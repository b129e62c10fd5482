import type { LiveAid } from "../../catalogue/published/live-aids.ts";
import { aidSlug } from "../../model/aid/aid-slug.ts";
import { openLicences } from "../../model/aid/open-licences.ts";
import type { ContactPolicy } from "../../privacy/contact-for-export.ts";
import { withoutPeopleInAid } from "../../privacy/without-people-in-aid.ts";
import type { ImportSource } from "../exports/aides-territoires-record.ts";
import { csvLine, keyOf, validRow } from "../exports/dispositif-aide.ts";
import { dispositifAideColumns } from "../exports/dispositif-aide-schema.ts";
import { openDataColumns } from "../exports/open-data-columns.ts";
import { openDataRecord } from "../exports/open-data-record.ts";
import type { CountedAid } from "./tally.ts";

/** What a connector says of its aids. */
export interface OpenDataOrigin extends ImportSource {
  readonly siren: string | null;
  readonly contacts: ContactPolicy;
}

/** An aid as the files of a dump have it. */
export interface OpenedAid {
  /** Line of the national schema with the identifier that may stand there once, or why there is none. */
  readonly line: { readonly key: string; readonly text: string } | { readonly reason: string };
  /** Cells of the workbook, in the order of its columns. */
  readonly cells: readonly (string | number | null)[];
  readonly counted: CountedAid;
}

/** Some aids as the files of a dump have them. */
export interface OpenedPage {
  readonly aids: readonly OpenedAid[];
  /** Their records, a line each. */
  readonly records: string;
  /** How many there were that may not be passed on. */
  readonly notOpen: number;
}

/**
 * Makes of live aids what the files of a dump have of them: those under an open licence, without people. `origins`: by connector. Pure;
 * takes half a millisecond an aid.
 */
export function openPage(page: readonly LiveAid[], origins: Readonly<Record<string, OpenDataOrigin>>): OpenedPage {
  const open = page.filter(({ aid }) => openLicences.has(aid.importShareLicence));
  let records = "";
  const aids = open.map(({ aid: whole, number, slugs, ...dates }): OpenedAid => {
    const { contacts, ...origin } = origins[whole.connector] ?? unknownOrigin;
    const aid = withoutPeopleInAid(whole, contacts);
    const publisher = origin.publisher ?? aid.connector;
    // A name in addresses is made of the title as it stands, which may name somebody, and may be another aid's.
    const slug = aidSlug(aid);
    const isOwn = aid.name === whole.name && (slugs.length === 0 || slugs.includes(slug));
    records += `${JSON.stringify(openDataRecord(aid, { ...origin, ...dates, number, slug: isOwn ? slug : aid.aidId }))}\n`;
    const row = validRow(aid);
    const { connector, importShareLicence: licence, sourceUpdatedDate: updated, importDataMention: mention } = aid;
    return {
      line:
        typeof row === "string" ? { reason: row } : { key: keyOf(row), text: csvLine(dispositifAideColumns.map(({ name }) => row[name])) },
      cells: openDataColumns.map(({ text }) => text({ aid, publisher })),
      counted: { connector, publisher, licence, updated, mention },
    };
  });
  return { aids, records, notOpen: page.length - open.length };
}

/** One that is not read any more says nothing of contacts. */
const unknownOrigin: OpenDataOrigin = { importIdPrefix: "", publisher: null, siren: null, contacts: "mailbox" };
