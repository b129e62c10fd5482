import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { type MonthFigures, readMonthlyFigures } from "../../../partners/figures/monthly-figures.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { onePage, tableFileRoutes } from "../../lists/table-files.tsx";
import { type PageRoute, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbOf, publisherAt, refreshPublishers } from "../publishers/publisher-at.ts";
import { FiguresContent, figuresColumns } from "./figures-content.tsx";

const path = "/chiffres";
const figuresOfAll = cachedUntilChange((catalogue, now) => readMonthlyFigures(catalogue, null, now));

/** Figures of all aids by month: a page and its files. */
const teamFigures: readonly PageRoute[] = [
  pageRoute(path, "read", async (visit) => ({
    title: "Chiffres du mois",
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: "/couverture",
    content: (
      <FiguresContent
        title="Chiffres du mois"
        about={<p>Tous les producteurs ensemble ; ceux d’un producteur sont sur sa page.</p>}
        figures={await figuresOf(visit)}
        path={path}
      />
    ),
  })),
  ...tableFileRoutes(path, "read", async (visit) => fileOf("chiffres", await figuresOf(visit))),
];

async function figuresOf({ catalogue, now }: Visit) {
  await catalogue.search.catchUp();
  return figuresOfAll(catalogue, now);
}

function fileOf(fileName: string, figures: readonly MonthFigures[]) {
  return { fileName, title: "Chiffres", columns: figuresColumns, pages: onePage(figures) };
}

const publisherPath = "/producteurs/:producteur/chiffres";

/** Figures of a publisher's aids by month: a page and its files. */
const ownFigures: readonly PageRoute[] = [
  pageRoute(publisherPath, "read", async (visit) => {
    const { publisher, figures } = await read(visit);
    const { publisherId, name } = publisher;
    return {
      title: "Chiffres du mois",
      breadcrumb: breadcrumbOf(publisher),
      menuPath: "/producteurs",
      content: (
        <FiguresContent title={`${name} : chiffres du mois`} about={null} figures={figures} path={`/producteurs/${publisherId}/chiffres`} />
      ),
    };
  }),
  ...tableFileRoutes(publisherPath, "read", async (visit) => fileOf("chiffres-du-producteur", (await read(visit)).figures)),
];

async function read(visit: Visit): Promise<{ readonly publisher: StoredPublisher; readonly figures: readonly MonthFigures[] }> {
  await refreshPublishers(visit);
  const publisher = await publisherAt(visit);
  const owners = await visit.catalogue.publishers.connectorOwners();
  const connectors = [...owners].filter(([, owner]) => owner === publisher.publisherId).map(([connector]) => connector);
  return { publisher, figures: await readMonthlyFigures(visit.catalogue, connectors, visit.now) };
}

/** Routes of the monthly figures. */
export const figuresRoutes: readonly Route[] = [...teamFigures, ...ownFigures];
