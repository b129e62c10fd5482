import type { Connector } from "../kit/definition.ts";
import type { AidField } from "../model/aid/aid.ts";
import { fieldName } from "./fields.ts";
import { french } from "./typography.ts";

const percents = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2, useGrouping: false });

/** A share as percent, as people write it: 0.125 is `12,5`. */
export function percentWritten(share: number): string {
  return percents.format(share * 100);
}

const limitNames = {
  gone: "aides disparues du flux",
  newIds: "identifiants inconnus",
  rejected: "enregistrements rejetés",
  linksMoved: "liens vers un autre site",
} as const;

/** The limits of guards that a connector sets in place of the usual ones, without capital or full stop; empty where it sets none. */
export function guardLimitsWords({ guards, expect }: Partial<Pick<Connector, "guards" | "expect">>): string {
  const { filled = {}, ...shares } = guards ?? {};
  const said = (Object.keys(limitNames) as (keyof typeof limitNames)[]).flatMap((key) => {
    const share = shares[key];
    if (share === undefined) return [];
    return [share >= 1 ? french`${limitNames[key]} : sans limite` : french`${limitNames[key]} : ${percentWritten(share)} %`];
  });
  const fields = (Object.entries(filled) as [AidField, number][]).map(([field, share]) =>
    share === 0 ? french`${fieldName(field)} : sans limite` : french`${fieldName(field)} : rempli à ${percentWritten(share)} % au moins`,
  );
  const least = expect?.atLeast === undefined ? [] : [french`${expect.atLeast} aides valides au moins`];
  return [...least, ...said, ...fields].join(french` ; `);
}
