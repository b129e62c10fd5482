/** Why the catalogue cannot be opened. */
export type CatalogueRefusal =
  /** Another process works on the embedded catalogue. `home`, `pid`, `since` (ISO instant); `pid` is "unknown" where it is not told. */
  | "catalogue-in-use"
  /** The database was made by an older version of Moisson. `pending`: number of migrations to come. */
  | "catalogue-behind"
  /** The database was made by a newer version of Moisson. `unknown`: its first migration that we do not have. */
  | "catalogue-ahead"
  /** `DATABASE_URL` is no address of a PostgreSQL database. */
  | "database-url-invalid";

/** Thrown when the catalogue cannot be opened and a person must act. `message` is one line in English; it never holds `DATABASE_URL`. */
export class CatalogueRefused extends Error {
  override readonly name = "CatalogueRefused";
  constructor(
    readonly code: CatalogueRefusal,
    readonly params: Readonly<Record<string, string | number>>,
    message: string,
  ) {
    super(message);
  }
}
