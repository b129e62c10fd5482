import { connectEmbedded } from "../../src/catalogue/connection/connect-embedded.ts";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { type Catalogue, catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import type { Store } from "../../src/catalogue/store.ts";

/** Where the catalogue of a night is. */
export type Place = { readonly databaseUrl: string } | { readonly home: string };

/** A catalogue, and access to the database behind its repositories. */
export interface OpenedPlace {
  readonly catalogue: Catalogue;
  readonly store: Store;
}

/** Opens the catalogue for the duration of `work`. */
export async function withPlace<T>(place: Place, work: (opened: OpenedPlace) => Promise<T>): Promise<T> {
  const connection =
    "home" in place
      ? await connectEmbedded(place.home, "moisson")
      : await connectPostgresql({ url: place.databaseUrl, schema: "moisson", answerWithinMs: 5000 });
  const catalogue = await catalogueOn(connection, "moisson", "if-empty");
  try {
    return await work({ catalogue, store: connection.store });
  } finally {
    await catalogue.close();
  }
}
