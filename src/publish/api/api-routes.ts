import { exchangeRoute } from "./access/exchange-route.ts";
import { listAids } from "./aids/list-aids.ts";
import { aidById, aidBySlug, aidPageRoute } from "./aids/one-aid.ts";
import { currentSources } from "./aids/sources.ts";
import type { ApiRoute, ApiVisit } from "./api-route.ts";
import { changesFeed, changesPath } from "./changes/api-changes.ts";
import { jumpEntries } from "./changes/jump-entries.ts";
import { openApiDocument } from "./document/openapi-document.ts";
import { sheetPath, welcomePage } from "./document/welcome-page.tsx";
import { followRoutes } from "./follow/follow-routes.ts";
import { healthRoutes } from "./health-routes.ts";
import { correspondenceRoute } from "./lists/id-correspondences.ts";
import { perimeterRoutes } from "./lists/perimeter-lists.ts";
import { searchRoutes } from "./lists/search-lists.ts";
import { vocabularyRoutes } from "./lists/vocabulary-lists.ts";
import { aidParameters } from "./parameters/aid-parameters.ts";
import { reportRoute } from "./reports/receive-report.ts";
import { searchPageRoutes } from "./search-page/search-routes.ts";
import { serveOpenData } from "./serve-open-data.ts";

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
  ...followRoutes,
  ...vocabularyRoutes,
  ...perimeterRoutes,
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
  reportRoute,
  exchangeRoute,
];

const pageSafety = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const sheet = `body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; color: #161616; background: #fff }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1, h2 { line-height: 1.25 } h2 { margin-top: 2.5rem } a { color: #000091 }
pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f6f6 } code { font-family: ui-monospace, monospace; font-size: .9em }
dt { margin-top: .75rem } dd { margin: 0 0 0 1rem }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } a { color: #aab4ff } pre { background: #2a2a2a } }
`;

/** Routes that describe the others: a page for people at `/api/` and the OpenAPI document. They are not part of the document. */
function documentRoutes(routes: readonly ApiRoute[]): readonly ApiRoute[] {
  return [
    {
      path: "/api/openapi.json",
      name: "document",
      summary: "Document OpenAPI",
      parameters: [],
      changesWith: "code",
      answer: ({ services }) => ({ json: JSON.stringify(openApiDocument(routes, services.url)) }),
    },
    {
      path: "/api/",
      name: "welcome",
      summary: "Ce qu’est l’API",
      parameters: [],
      changesWith: "code",
      answer: ({ services }) => textOf(welcomePage(routes, services.url), "text/html; charset=utf-8"),
    },
    {
      path: changesPath,
      name: "changes-feed",
      summary: "Changements de l’API et sauts du catalogue (Atom)",
      parameters: [],
      changesWith: "jumps",
      answer: changes,
    },
    {
      path: sheetPath,
      name: "style",
      summary: "Feuille de style",
      parameters: [],
      changesWith: "code",
      answer: () => textOf(sheet, "text/css; charset=utf-8"),
    },
  ];
}

async function changes({ services, now }: ApiVisit): Promise<Response> {
  const [jumps, sources] = [await services.catalogue.jumps.recent(now), await currentSources(services)];
  const entries = jumps.flatMap((jump) => jumpEntries(jump, jump.connector === null ? null : sources.of(jump.connector).publisher));
  return new Response(changesFeed(services.url, entries), { headers: { "content-type": "application/atom+xml; charset=utf-8" } });
}

function textOf(text: string, type: string): Response {
  return new Response(text, { headers: { "content-type": type, "content-security-policy": pageSafety } });
}

/** Routes of the open data: index and files. */
const openDataRoutes: readonly ApiRoute[] = [
  { path: "/open-data/", name: "open-data", summary: "Les données ouvertes : ce qu’il y a", parameters: [], answer: served },
  { path: "/open-data/:file", name: "open-data-file", summary: "Un fichier des données ouvertes", parameters: [], answer: served },
];

function served({ services, request }: ApiVisit): Promise<Response> {
  const { settings, catalogue, url } = services;
  return serveOpenData({ openData: catalogue.openData, url, publisher: settings.publisher }, request);
}

/** All routes of the API. */
export const routes: readonly ApiRoute[] = [
  ...dataRoutes,
  correspondenceRoute,
  aidPageRoute,
  ...documentRoutes(dataRoutes),
  ...openDataRoutes,
  ...searchPageRoutes,
  ...healthRoutes,
];
