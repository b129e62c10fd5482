import type { Aid, AidField } from "../../model/aid/aid.ts";
import type { LeftOutReason } from "../../model/aid/left-out-reason.ts";
import { isOpenAid } from "../../model/aid/open-data.ts";
import type { Outlet } from "../../model/aid/outlet.ts";
import { missingForPublication } from "../../model/aid/publishable.ts";
import type { ConfirmableBasis } from "../../model/aid/reuse-basis.ts";
import { validRow } from "./export-dispositif-aide.ts";

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
  // The day of our last change, which every aid has, is not needed here.
  const row = validRow(aid, "2000-01-01");
  return typeof row === "string" ? row : null;
}

/** Returns, for each outlet, what an aid lacks once it is published, or null if it satisfies the outlet. */
export function lacksOf(aid: Aid, basis: ConfirmableBasis | null): Readonly<Record<Outlet, OutletLack | null>> {
  const lack = (outlet: Outlet) => {
    const found = requirements[outlet](aid, basis);
    return found.fields.length === 0 && found.reason === null ? null : found;
  };
  return { site: lack("site"), api: lack("api"), "national-schema": lack("national-schema") };
}
