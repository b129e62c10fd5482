import { serveOpenData } from "./open-data.ts";
import type { ApiRoute, ApiVisit } from "./route.ts";

/** Routes of the open data: index and files. */
export const openDataRoutes: readonly ApiRoute[] = [
  { path: "/open-data/", name: "open-data", summary: "Les données ouvertes : ce qu’il y a", parameters: [], answer: served },
  { path: "/open-data/:file", name: "open-data-file", summary: "Un fichier des données ouvertes", parameters: [], answer: served },
];

function served({ services, request }: ApiVisit): Promise<Response> {
  const { settings, catalogue, url } = services;
  return serveOpenData({ openData: catalogue.openData, url, publisher: settings.publisher }, request);
}
