import { filterParameters } from "./filter-parameters.ts";
import { pageParameters } from "./page-parameters.ts";
import { single, type ValuesOf } from "./parameter.ts";
import { instant, oneOf, textUpTo } from "./read-values.ts";

const maxPages = 10_000_000;
/** Aids per page: default and maximum. */
export const aidsPerPage = { default: 50, max: 100 } as const;

const orders = oneOf(["publication_date", "relevance", "submission_deadline"]);

/** Order and pagination of a list. */
const listParameters = {
  orderBy: single(
    {
      name: "orderBy",
      olderNames: ["order_by"],
      meaning:
        "Ordre : dernières publiées d’abord (publication_date) ; aides dont le titre, les porteurs et les thématiques répondent le mieux à keyword d’abord, celles qui ont une date limite avant les autres à pertinence égale, puis dernières publiées (relevance ; sans keyword, comme publication_date) ; ou date limite la plus proche d’abord (submission_deadline). Une aide dont le titre ou la date limite change pendant la lecture peut changer de place dans ces deux derniers ordres.",
      example: "submission_deadline",
    },
    { ...orders, schema: { ...orders.schema, default: "publication_date" } },
  ),
  ...pageParameters("Aides", maxPages, aidsPerPage),
  after: single(
    {
      name: "after",
      meaning: "Place dans la liste, telle que l’adresse `next` la donne : en la suivant, aucune aide n’est lue deux fois ni manquée.",
      example: "",
    },
    textUpTo(300),
  ),
} as const;

/** Parameters to follow changes. */
const changeParameters = {
  changedSince: single(
    {
      name: "changed_since",
      meaning:
        "Aides changées depuis cette date ou cet instant, dans l’ordre des changements : en entier, ou comme retirées (`deleted`). `orderBy` n’y change rien. Demander une heure de plus que la dernière fois, ou suivre `resume`.",
      example: "2026-11-24T03:00:00Z",
    },
    instant,
  ),
} as const;

/** All parameters of `/api/aids/`. */
export const aidParameters = { ...filterParameters, ...listParameters, ...changeParameters } as const;

/** Parsed parameters of a list of aids. */
export type AskedAids = ValuesOf<typeof aidParameters>;
