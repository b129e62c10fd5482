import { single } from "./parameter.ts";
import { numberUpTo } from "./read-values.ts";

/** Describes the parameters that choose a page of a list. `entries`: what it lists, in French. */
export function pageParameters(entries: string, maxPages: number, perPage: { readonly default: number; readonly max: number }) {
  return {
    page: single({ name: "page", meaning: "Numéro de la page.", example: "2" }, numberUpTo(maxPages, 1)),
    itemsPerPage: single(
      {
        name: "itemsPerPage",
        olderNames: ["size", "page_size", "limit"],
        meaning: `${entries} par page ; au-delà de ${perPage.max}, ${perPage.max}.`,
        example: "100",
      },
      numberUpTo(perPage.max, perPage.default, { isCut: true }),
    ),
  };
}
