import { readMonthlyFigures } from "../../../partners/figures/monthly-figures.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import type { PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { figuresFile } from "./figures-files.ts";
import { FiguresContent } from "./figures-page.tsx";

const path = "/chiffres";
const figuresOfAll = cachedUntilChange((catalogue, now) => readMonthlyFigures(catalogue, null, now));

/** Figures of all aids month by month: a page and its files. */
export const teamFigures: readonly PageRoute[] = [
  {
    method: "get",
    path,
    who: "read",
    answer: async (visit) => ({
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
    }),
  },
  ...(["csv", "xlsx"] as const).map(
    (kind): PageRoute => ({
      method: "get",
      path: `${path}.${kind}`,
      who: "read",
      answer: async (visit) => figuresFile(await figuresOf(visit), "chiffres", kind),
    }),
  ),
];

async function figuresOf({ catalogue, now }: Visit) {
  await catalogue.search.catchUp();
  return figuresOfAll(catalogue, now);
}
