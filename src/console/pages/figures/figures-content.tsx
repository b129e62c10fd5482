import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { frenchMonth, shortMonth } from "../../../french/dates.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { type MonthFigures, readMonthlyFigures } from "../../../partners/figures/monthly-figures.ts";
import type { ExcelColumn } from "../../../publish/exports/excel-of.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { onePage, TableFileLinks, tableFileRoutes } from "../../lists/table-files.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { type PageRoute, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbOf, publisherAt, refreshPublishers } from "../publishers/publisher-at.ts";

/** Columns of figures, on the page and in the files. */
const figuresColumns: readonly ExcelColumn<MonthFigures>[] = [
  { title: "Mois", text: ({ month }) => month },
  { title: "Entrées", text: ({ entered }) => entered, isNumber: true },
  { title: "Sorties", text: ({ left }) => left, isNumber: true },
  { title: "Modifiées", text: ({ updated }) => updated, isNumber: true },
  { title: "Date limite passée", text: ({ expired }) => expired, isNumber: true },
  { title: "En ligne en fin de mois", text: ({ onSite }) => onSite, isNumber: true },
  { title: "Note de qualité", text: ({ score }) => score, isNumber: true },
  { title: "Délai médian (jours)", text: ({ delay }) => delay?.median ?? null, isNumber: true },
  { title: "Délai de neuf aides sur dix (jours)", text: ({ delay }) => delay?.ninetieth ?? null, isNumber: true },
  { title: "Délais mesurés sur la date de mise à jour", text: ({ delay }) => delay?.bySourceUpdatedDate ?? 0, isNumber: true },
  { title: "Délais mesurés sur la date d’ouverture", text: ({ delay }) => delay?.byStartDate ?? 0, isNumber: true },
  { title: "Publiées sans date à la source", text: ({ withoutDelay }) => withoutDelay, isNumber: true },
];

/** The content of a page of figures. `path`: path of the page, also the base of its files; `about`: text under the title. */
function FiguresContent(given: {
  readonly title: string;
  readonly about: Child;
  readonly figures: readonly MonthFigures[];
  readonly path: string;
}): Child {
  const { title, about, figures, path } = given;
  return (
    <div class="moisson-across">
      <h1>{title}</h1>
      {about}
      {figures.some(hasFigures) ? (
        <>
          <MonthlyFigures figures={figures} />
          <TableFileLinks what="les chiffres" path={path} />
        </>
      ) : (
        <p>Aucune aide n’a encore été en ligne : les chiffres viendront avec la première aide publiée.</p>
      )}
      <FiguresExplained />
    </div>
  );
}

function hasFigures({ entered, left, onSite }: MonthFigures): boolean {
  return entered > 0 || left > 0 || onSite > 0;
}

function MonthlyFigures({ figures }: { readonly figures: readonly MonthFigures[] }): Child {
  const [, ...columns] = figuresColumns;
  return (
    <>
      <FiguresChart figures={figures} />
      <Table
        caption="Chiffres mois par mois"
        isCaptionHidden
        head={[{ title: "Mois", isRowTitle: true }, ...columns.map(({ title }) => ({ title, isNumber: true }))]}
        rows={[...figures].reverse().map((row, place) => [
          <>
            {capitalize(frenchMonth(row.month))}
            {place === 0 && <span class="moisson-mention"> (en cours)</span>}
          </>,
          ...columns.map(({ text }) => cell(text(row))),
        ])}
      />
    </>
  );
}

function FiguresExplained(): Child {
  return (
    <details class="fr-mb-4w">
      <summary>Comment ces chiffres sont comptés</summary>
      <ul>
        <li>Les mois sont ceux de Paris. Une aide est en ligne quand elle est publiée et n’est pas retirée.</li>
        <li>
          Une entrée est une aide mise ou remise en ligne ; une sortie, une aide qui n’y est plus. Une aide modifiée l’a été une fois au
          moins pendant qu’elle était en ligne.
        </li>
        <li>Ce qu’une collecte annulée avait fait, et son annulation, ne comptent pas.</li>
        <li>Date limite passée : aides encore en ligne à la fin du jour de leur date limite, telle qu’elle est affichée aujourd’hui.</li>
        <li>
          La note de qualité est celle des lettres, calculée sur le dernier rapport connu à la fin du mois ; de plusieurs flux, la moyenne
          selon leur nombre d’enregistrements.
        </li>
        <li>
          Le délai va de la date de mise à jour que donnait le producteur, à défaut de la date d’ouverture de l’aide, à sa première mise en
          ligne, en jours de calendrier ; il est nul si cette date était encore à venir. Une aide sans aucune de ces dates n’est pas mesurée
          ; une aide qui était déjà en ligne quand elle a été reprise ne l’est pas non plus, et n’est pas comptée parmi les aides sans date.
        </li>
      </ul>
    </details>
  );
}

function cell(value: string | number | null): string {
  if (value === null) return "–";
  return typeof value === "number" ? formatNumber(value) : value;
}

const bar = 40;
const gap = 16;
const height = 120;
const above = 18;
const below = 20;

/** Bar chart of the published aids at the end of each month. The table has the same numbers. */
function FiguresChart({ figures }: { readonly figures: readonly MonthFigures[] }): Child {
  const [first, last] = [figures[0], figures.at(-1)];
  if (first === undefined || last === undefined) return null;
  const top = Math.max(1, ...figures.map(({ onSite }) => onSite));
  const width = figures.length * (bar + gap) + gap;
  const title = french`Aides en ligne à la fin de chaque mois : ${first.onSite} en ${frenchMonth(first.month)}, ${counted(last.onSite, "aide")} en ${frenchMonth(last.month)}.`;
  return (
    <figure class="fr-mb-2w moisson-figure">
      <figcaption class="moisson-mention">{title}</figcaption>
      <svg
        class="moisson-trend moisson-chart"
        viewBox={`0 0 ${width} ${above + height + below}`}
        width={width}
        height={above + height + below}
        role="img"
        aria-labelledby="chiffres-titre"
      >
        <title id="chiffres-titre">{title}</title>
        {figures.map(({ month, onSite }, place) => {
          const x = gap + place * (bar + gap);
          const tall = Math.round((onSite / top) * height);
          return (
            <>
              <rect class="moisson-score" x={x} y={above + height - tall} width={bar} height={Math.max(1, tall)} />
              <text x={x + bar / 2} y={above + height - tall - 5} text-anchor="middle">
                {formatNumber(onSite)}
              </text>
              <text x={x + bar / 2} y={above + height + 15} text-anchor="middle">
                {shortMonth(month)}
              </text>
            </>
          );
        })}
      </svg>
    </figure>
  );
}

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
