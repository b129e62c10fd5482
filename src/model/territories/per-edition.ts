import { editionStamp } from "./edition.ts";

/** Returns a function that calls `make` on the first call, and again after another edition of the official lists is in use. */
export function perEdition<T>(make: () => T): () => T {
  let made: { readonly value: T; readonly stamp: string } | undefined;
  return () => {
    const stamp = editionStamp();
    if (made?.stamp !== stamp) made = { value: make(), stamp };
    return made.value;
  };
}
