import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { Pager } from "../../lists/pager.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type ConnectorRow, readConnectorRows } from "./connector-rows.ts";
import { countTones, NightLegend, NightStrip, nightsPerGroup, nightToneLabel, nightTones } from "./night-strip.tsx";
import { isTroubled, lastNights, type Night, nightsOf, readNights } from "./read-nights.ts";
import { TroubledNights } from "./troubled-nights.tsx";

/** Path of the page. */
export const nightsPath = "/nuits";

const rowsPerPage = 25;

interface Row {
  readonly connector: ConnectorRow;
  readonly nights: readonly Night[];
}

/** The last thirty nights of all connectors: those with most trouble first. */
export const nightsPage = pageRoute(nightsPath, "read", async (visit) => {
  const all = await rowsOf(visit);
  const pages = Math.max(1, Math.ceil(all.length / rowsPerPage));
  const page = Math.min(pages, Math.max(1, Number.parseInt(visit.query.get("page") ?? "1", 10) || 1));
  const shown = all.slice((page - 1) * rowsPerPage, page * rowsPerPage);
  return {
    title: "Trente nuits",
    breadcrumb: [{ title: "Connecteurs", href: "/connecteurs" }],
    menuPath: "/connecteurs",
    content: (
      <>
        <h1>Trente nuits</h1>
        <p>{french`La dernière collecte de chaque nuit, connecteur par connecteur ; ceux qui ont eu le plus de nuits retenues ou en échec d'abord. Une case mène à sa collecte.`}</p>
        {all.length === 0 ? (
          <p>Aucun connecteur n’a encore été collecté.</p>
        ) : (
          <>
            <TroubledNights days={lastNights(visit.now)} nights={all.map(({ nights }) => nights)} />
            <h2>{capitalize(counted(all.length, "connecteur"))}</h2>
            <NightLegend />
            <NightGrid rows={shown} now={visit.now} />
            <Pager path={nightsPath} page={page} pages={pages} query={(more) => new URLSearchParams(more).toString()} />
            <Collapsible summary="En tableau">
              <NightTable rows={shown} />
            </Collapsible>
          </>
        )}
      </>
    ),
  };
});

/** Returns the connectors that ran in the last thirty nights, or should have. */
async function rowsOf(visit: Visit): Promise<readonly Row[]> {
  const [{ rows }, nights] = await Promise.all([readConnectorRows(visit), readNights(visit)]);
  const troubles = ({ nights: own }: Row) => own.filter(isTroubled).length;
  return rows
    .filter(({ id, state }) => nights.has(id) || state === "active" || state === "halted")
    .map((connector) => ({ connector, nights: nightsOf(nights, connector.id, visit.now) }))
    .sort((a, b) => troubles(b) - troubles(a) || a.connector.name.localeCompare(b.connector.name, "fr"));
}

function NightGrid({ rows, now }: { readonly rows: readonly Row[]; readonly now: Date }): Child {
  const days = lastNights(now);
  const starts = days.filter((_, place) => place % nightsPerGroup === 0);
  return (
    <div class="moisson-night-grid" data-arrows="rows">
      <div class="moisson-night-grid__head moisson-mention" aria-hidden="true">
        {starts.map((day) => (
          <span>{french`à partir du ${frenchDay(day).replace(/ \d{4}$/, "")}`}</span>
        ))}
      </div>
      {rows.map(({ connector: { id, name }, nights }) => (
        <div class="moisson-night-grid__row">
          <div class="moisson-night-grid__name">
            <a href={`/connecteurs/${id}`}>{name}</a>
          </div>
          <NightStrip connector={id} name={name} nights={nights} />
        </div>
      ))}
    </div>
  );
}

function NightTable({ rows }: { readonly rows: readonly Row[] }): Child {
  const head = nightTones.map((tone) => ({ title: capitalize(nightToneLabel(tone, 2)), isNumber: true }));
  return (
    <Table caption="Nuits de chaque connecteur, selon leur fin" isCaptionHidden head={["Connecteur", ...head]}>
      {rows.map(({ connector: { id, name }, nights }) => {
        const counts = countTones(nights);
        const [first] = nights;
        return (
          <tr>
            <th scope="row">
              <a href={`/collectes?connecteur=${id}&depuis=${first?.day ?? ""}`}>{name}</a>
            </th>
            {nightTones.map((tone) => (
              <td class="fr-cell--right">{formatNumber(counts.get(tone) ?? 0)}</td>
            ))}
          </tr>
        );
      })}
    </Table>
  );
}
