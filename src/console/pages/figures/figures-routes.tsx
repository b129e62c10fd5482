import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { type MonthFigures, readMonthlyFigures } from "../../../partners/figures/monthly-figures.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { type PageRoute, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbOf, publisherAt, refreshPublishers } from "../publishers/publisher-at.ts";
import { FiguresContent } from "./figures-content.tsx";
import { figuresFile } from "./figures-file.ts";

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
  ...(["csv", "xlsx"] as const).map(
    (kind): PageRoute => pageRoute(`${path}.${kind}`, "read", async (visit) => figuresFile(await figuresOf(visit), "chiffres", kind)),
  ),
];

async function figuresOf({ catalogue, now }: Visit) {
  await catalogue.search.catchUp();
  return figuresOfAll(catalogue, now);
}

/** Figures of a publisher's aids by month: a page and its files. */
const ownFigures: readonly PageRoute[] = [
  pageRoute("/producteurs/:producteur/chiffres", "read", async (visit) => {
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
  ...(["csv", "xlsx"] as const).map(
    (kind): PageRoute =>
      pageRoute(`/producteurs/:producteur/chiffres.${kind}`, "read", async (visit) =>
        figuresFile((await read(visit)).figures, "chiffres-du-producteur", kind),
      ),
  ),
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
