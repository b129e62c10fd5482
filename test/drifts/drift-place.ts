import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { setup, teardown } from "../support/real-servers.ts";

/** A catalogue for one use. */
interface OwnCatalogue {
  readonly catalogue: Catalogue;
  drop(): Promise<void>;
}

/** Creates catalogues that begin with the same aids. */
export interface DriftPlace {
  /** Returns an own copy of the catalogue that `fill` fills. On PostgreSQL, `fill` is called once for each key. */
  filled(key: string, fill: (catalogue: Catalogue) => Promise<unknown>): Promise<OwnCatalogue>;
  close(): Promise<void>;
}

/** Opens a place on the server of `DATABASE_URL` or on one that it starts, or else on the embedded database. */
export async function openDriftPlace(): Promise<DriftPlace> {
  await setup();
  // These modules read DATABASE_URL when they are loaded.
  const { embedded, newCatalogue, testDatabase } = await import("../support/catalogues.ts");
  if (testDatabase === embedded) {
    return {
      filled: async (_, fill) => {
        const catalogue = await newCatalogue(embedded);
        await fill(catalogue);
        return { catalogue, drop: () => catalogue.drop() };
      },
      close: teardown,
    };
  }
  const { copyOf } = await import("../support/test-databases.ts");
  const { openCatalogue } = await import("../../src/catalogue/open-catalogue.ts");
  const template = process.env.MOISSON_TEST_TEMPLATE ?? "";
  const full = new Map<string, string>();
  const open = (url: string) => openCatalogue({ databaseUrl: url, home: "" });
  return {
    filled: async (key, fill) => {
      let from = full.get(key);
      if (from === undefined) {
        const { url } = await copyOf(template);
        const catalogue = await open(url);
        await fill(catalogue).finally(() => catalogue.close());
        from = new URL(url).pathname.slice(1);
        full.set(key, from);
      }
      const copy = await copyOf(from);
      const catalogue = await open(copy.url);
      return { catalogue, drop: () => catalogue.close().then(copy.drop) };
    },
    close: teardown,
  };
}
