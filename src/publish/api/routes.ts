import { exchangeRoute } from "./access/exchange-route.ts";
import { listAids } from "./aids/list-aids.ts";
import { aidById, aidBySlug } from "./aids/one-aid.ts";
import { documentRoutes } from "./document/document-routes.ts";
import { healthRoutes } from "./health-routes.ts";
import { searchRoutes } from "./lists/search-lists.ts";
import { vocabularyRoutes } from "./lists/vocabulary-lists.ts";
import { openDataRoutes } from "./open-data-routes.ts";
import { aidParameters } from "./parameters/aid-parameters.ts";
import type { ApiRoute } from "./route.ts";

/** The first matching route answers, so names of lists precede slugs of aids. */
const dataRoutes: readonly ApiRoute[] = [
  {
    path: "/api/aids/",
    otherPaths: ["/api/aids/all/"],
    name: "list-aids",
    summary: "Aides publiées, page par page",
    parameters: Object.values(aidParameters),
    changesWith: "catalogue",
    answer: listAids,
  },
  ...vocabularyRoutes,
  ...searchRoutes,
  {
    path: "/api/aids/by-id/:id/",
    name: "aid-by-id",
    summary: "Une aide, par son numéro (id) ou son identifiant permanent (aid_id)",
    parameters: [],
    changesWith: "catalogue",
    answer: aidById,
  },
  {
    path: "/api/aids/:slug/",
    name: "aid-by-slug",
    summary: "Une aide, par le nom qu’elle a ou a eu dans les adresses (slug)",
    parameters: [],
    changesWith: "catalogue",
    answer: aidBySlug,
  },
  exchangeRoute,
];

/** All routes of the API. */
export const routes: readonly ApiRoute[] = [...dataRoutes, ...documentRoutes(dataRoutes), ...openDataRoutes, ...healthRoutes];
