import type { ApiRoute, ApiVisit } from "../api-route.ts";
import { ApiProblem } from "../problem.ts";
import { reportPagePath } from "../reports/report-path.ts";
import { searchPath, searchSheet, searchSheetPath } from "./page-frame.tsx";
import { reportPage, sendReport } from "./report-page.tsx";
import { searchPage } from "./search-page.tsx";
import { selectionPage } from "./selection-page.tsx";

/** Routes of the public search page. They answer 404 unless `MOISSON_API_SEARCH` is `yes`. */
export const searchPageRoutes: readonly ApiRoute[] = [
  pageRoute(searchPath, "search-page", "Page de recherche pour les communes", searchPage),
  pageRoute(`${searchPath}selection/`, "search-selection", "Une sélection d’aides, à imprimer ou à envoyer", selectionPage),
  pageRoute(reportPagePath, "search-report", "Signaler une erreur dans une aide", reportPage),
  {
    path: reportPagePath,
    method: "post",
    name: "search-report-sent",
    summary: "Envoyer un signalement",
    parameters: [],
    answer: (visit) => {
      assertIsOpen(visit);
      return sendReport(visit);
    },
  },
  {
    path: searchSheetPath,
    name: "search-style",
    summary: "Feuille de style de la recherche",
    parameters: [],
    changesWith: "code",
    answer: (visit) => {
      assertIsOpen(visit);
      return new Response(searchSheet, { headers: { "content-type": "text/css; charset=utf-8" } });
    },
  },
];

function pageRoute(path: string, name: string, summary: string, answer: (visit: ApiVisit) => Promise<Response>): ApiRoute {
  return {
    path,
    name,
    summary,
    parameters: [],
    changesWith: "catalogue",
    answer: (visit) => {
      assertIsOpen(visit);
      return answer(visit);
    },
  };
}

function assertIsOpen({ services: { settings } }: ApiVisit): void {
  if (!settings.hasSearchPage) throw new ApiProblem(404, { detail: "Rien n’est à cette adresse." });
}
