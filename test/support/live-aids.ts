import { sql } from "drizzle-orm";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import type { Store } from "../../src/catalogue/store.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { exampleAid } from "./example-aid.ts";
import { importAids, madeAid } from "./made-aids.ts";

/** Content and state of an aid for a test. */
export interface LiveAidInput extends Partial<AidContent> {
  readonly externalId: string;
  readonly status?: "published" | "reviewable" | "draft" | "deleted" | "merged";
  readonly withdrawnAt?: string;
}

/** Imports aids that fit the national schema. They are published unless their `status` says otherwise. */
export async function importLiveAids(
  catalogue: Catalogue & { readonly store: Store },
  connector: string,
  aids: readonly LiveAidInput[],
): Promise<void> {
  const {
    aidId,
    connector: _,
    externalId: __,
    status: ___,
    withdrawnAt: ____,
    missingForPublication: _____,
    missingForDescription: ______,
    ...content
  } = exampleAid();
  await importAids(
    catalogue,
    connector,
    aids.map(({ externalId, status: _, withdrawnAt: __, ...given }) => madeAid(externalId, { ...content, ...given })),
  );
  for (const { externalId, status = "published", withdrawnAt = null } of aids) {
    await catalogue.store.rows(sql`
      update aids set status = ${status}, withdrawn_at = ${withdrawnAt}::date where connector = ${connector} and external_id = ${externalId}`);
  }
}
