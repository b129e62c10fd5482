import type { Aid, AidField } from "../../model/aid/aid.ts";
import type { LeftOutReason } from "../../model/aid/left-out-reason.ts";
import { isOpenAid } from "../../model/aid/open-data.ts";
import type { Outlet } from "../../model/aid/outlet.ts";
import { missingForPublication } from "../../model/aid/publishable.ts";
import type { ConfirmableBasis } from "../../model/aid/reuse-basis.ts";
import { dispositifAideRow } from "./dispositif-aide-row.ts";
import { reasonOf } from "./left-out.ts";
import { validateDispositifAide } from "./validate-dispositif-aide.ts";

/** What an aid lacks for an outlet: fields to fill or correct, or another reason. Nothing if it satisfies the outlet. */
export interface OutletLack {
  readonly fields: readonly AidField[];
  readonly reason: LeftOutReason | null;
}

/** Required fields for each place. `basis`: the confirmed legal basis of the aid's connector, or null. */
const requirements: Readonly<Record<Outlet, (aid: Aid, basis: ConfirmableBasis | null) => OutletLack>> = {
  site: (aid) => ({ fields: missingForPublication(aid), reason: null }),
  api: (aid, basis) => ({ fields: [], reason: isOpenAid(aid.importShareLicence, basis) ? null : "licence" }),
  "national-schema": (aid) => ({ fields: [], reason: schemaRefusal(aid) }),
};

function schemaRefusal(aid: Aid): LeftOutReason | null {
  const row = dispositifAideRow(aid);
  if (typeof row === "string") return row;
  const fault = validateDispositifAide(row);
  return fault === undefined ? null : reasonOf(fault);
}

/** Returns, for each outlet, what an aid lacks once it is published, or null if it satisfies the outlet. */
export function lacksOf(aid: Aid, basis: ConfirmableBasis | null): Readonly<Record<Outlet, OutletLack | null>> {
  const lack = (outlet: Outlet) => {
    const found = requirements[outlet](aid, basis);
    return found.fields.length === 0 && found.reason === null ? null : found;
  };
  return { site: lack("site"), api: lack("api"), "national-schema": lack("national-schema") };
}
