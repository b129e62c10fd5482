import { sql } from "drizzle-orm";
import type { Aid, AidContent } from "../../model/aid/aid.ts";
import { isPermanentStated } from "../../model/aid/open-until.ts";
import { missingForDescription, missingForPublication } from "../../model/aid/publishable.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import { filledFields } from "../../model/aid/suggested-edit.ts";
import type { StoredAid } from "../../model/plan/plan.ts";

/** Columns of `aids_with_source`, named `aids`, that an `Aid` is built from. */
export const aidColumns = sql`aids.aid_id as "aidId", aids.connector, aids.external_id as "externalId", aids.imported, aids.kept, aids.edits, aids.status,
  aids.withdrawn_at::text as "withdrawnAt"`;

/** Column of `aids_with_source`, named `aids`: its own source says that the aid is permanent. Reads the memo only of ongoing aids. */
export const statesPermanence = sql`(aids.imported ->> 'recurrence' = 'ongoing' and not jsonb_exists(aids.borrowed, 'recurrence')
  and jsonb_exists(aids.memo, 'statesPermanence')) is true as "statesPermanence"`;

/** Returns true if somebody says that the aid of a row is permanent, provided that its recurrence is. */
export function isRowPermanent({ statesPermanence, edits, kept }: Pick<AidRow, "edits" | "kept"> & PermanenceRow): boolean {
  return isPermanentStated({ memo: statesPermanence ? { statesPermanence } : null, edits, kept });
}

/** A row with `statesPermanence`. */
export interface PermanenceRow {
  readonly statesPermanence: boolean;
}

/** A row with `aidColumns`. */
export interface AidRow {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly imported: Partial<AidContent>;
  readonly kept: StoredAid["kept"];
  readonly edits: StoredAid["edits"];
  readonly status: Aid["status"];
  readonly withdrawnAt: string | null;
}

/** Returns the displayed aid of a row. Keys are in canonical order, because the JSON of an aid is part of the catalogue's checksum. */
export function aidOf(row: AidRow): Aid {
  const { aidId, connector, externalId, status, withdrawnAt } = row;
  const content = shownContent(row);
  const missing = { missingForPublication: missingForPublication(content), missingForDescription: missingForDescription(content) };
  const filled = filledFields(row.edits);
  const aid = { aidId, connector, externalId, ...content, status, withdrawnAt, ...missing };
  return filled.length === 0 ? aid : { ...aid, filledByMoisson: filled };
}
