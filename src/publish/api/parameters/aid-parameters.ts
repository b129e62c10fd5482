import { filterParameters } from "./filter-parameters.ts";
import { single, type ValuesOf } from "./parameter.ts";
import { instant, numberCutAt, numberFrom, oneOf, textUpTo } from "./read-values.ts";

const text = { type: "string" } as const;
const dateOrInstant = {
  anyOf: [
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
  ],
} as const;

const maxPages = 10_000_000;
/** Aids per page: default and maximum. */
export const aidsPerPage = { default: 50, max: 100 } as const;

/** Order and pagination of a list. */
const pageParameters = {
  orderBy: single(
    {
      name: "orderBy",
      olderNames: ["order_by"],
      meaning:
        "Ordre : dernières publiées d’abord (publication_date) ; aides dont le titre, les porteurs et les thématiques répondent le mieux à keyword d’abord, puis dernières publiées (relevance ; sans keyword, comme publication_date) ; ou date limite la plus proche d’abord (submission_deadline). Une aide dont le titre ou la date limite change pendant la lecture peut changer de place dans ces deux derniers ordres.",
      schema: { ...text, enum: ["publication_date", "relevance", "submission_deadline"], default: "publication_date" },
      example: "submission_deadline",
    },
    oneOf(["publication_date", "relevance", "submission_deadline"]),
  ),
  page: single(
    { name: "page", meaning: "Numéro de la page.", schema: { type: "integer", minimum: 1, maximum: maxPages, default: 1 }, example: "2" },
    numberFrom(1, maxPages),
  ),
  itemsPerPage: single(
    {
      name: "itemsPerPage",
      olderNames: ["size", "page_size", "limit"],
      meaning: `Aides par page ; au-delà de ${aidsPerPage.max}, ${aidsPerPage.max}.`,
      schema: { type: "integer", minimum: 1, maximum: aidsPerPage.max, default: aidsPerPage.default },
      example: "100",
    },
    numberCutAt(1, aidsPerPage.max),
  ),
  after: single(
    {
      name: "after",
      meaning: "Place dans la liste, telle que l’adresse `next` la donne : en la suivant, aucune aide n’est lue deux fois ni manquée.",
      schema: { ...text, maxLength: 300 },
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
      schema: dateOrInstant,
      example: "2026-11-24T03:00:00Z",
    },
    instant,
  ),
} as const;

/** All parameters of `/api/aids/`. */
export const aidParameters = { ...filterParameters, ...pageParameters, ...changeParameters } as const;

/** Parsed parameters of a list of aids. */
export type AskedAids = ValuesOf<typeof aidParameters>;
