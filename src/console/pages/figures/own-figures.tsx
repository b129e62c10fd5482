import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import type { MonthFigures } from "../../../partners/figures/monthly-figures.ts";
import { readMonthlyFigures } from "../../../partners/figures/monthly-figures.ts";
import type { PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbOf, bringListUp, publisherAt } from "../publishers/publisher-at.ts";
import { figuresFile } from "./figures-files.ts";
import { FiguresContent } from "./figures-page.tsx";

/** Figures of the aids of a publisher's connectors month by month: a page and its files. */
export const ownFigures: readonly PageRoute[] = [
  {
    method: "get",
    path: "/producteurs/:producteur/chiffres",
    who: "read",
    async answer(visit) {
      const { publisher, figures } = await read(visit);
      const { publisherId, name } = publisher;
      return {
        title: "Chiffres du mois",
        breadcrumb: breadcrumbOf(publisher),
        menuPath: "/producteurs",
        content: (
          <FiguresContent
            title={`${name} : chiffres du mois`}
            about={null}
            figures={figures}
            path={`/producteurs/${publisherId}/chiffres`}
          />
        ),
      };
    },
  },
  ...(["csv", "xlsx"] as const).map(
    (kind): PageRoute => ({
      method: "get",
      path: `/producteurs/:producteur/chiffres.${kind}`,
      who: "read",
      answer: async (visit) => figuresFile((await read(visit)).figures, "chiffres-du-producteur", kind),
    }),
  ),
];

async function read(visit: Visit): Promise<{ readonly publisher: StoredPublisher; readonly figures: readonly MonthFigures[] }> {
  await bringListUp(visit);
  const publisher = await publisherAt(visit);
  const owners = await visit.catalogue.publishers.connectorOwners();
  const connectors = [...owners].filter(([, owner]) => owner === publisher.publisherId).map(([connector]) => connector);
  return { publisher, figures: await readMonthlyFigures(visit.catalogue, connectors, visit.now) };
}
