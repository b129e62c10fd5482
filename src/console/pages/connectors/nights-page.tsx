import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { capitalize, counted, french, joinedWithAnd } from "../../../french/typography.ts";
import { Pager } from "../../lists/pager.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type ConnectorRow, readConnectorRows } from "./connector-rows.ts";
import { countTones, NightLegend, NightStrip, nightsPerGroup, nightToneLabel, nightTones } from "./night-strip.tsx";
import { isTroubled, lastNights, type Night, type NightTone, nightsOf, nightTone, readNights } from "./read-nights.ts";

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
    <Table
      caption="Nuits de chaque connecteur, selon leur fin"
      isCaptionHidden
      head={[{ title: "Connecteur", isRowTitle: true }, ...head]}
      rows={rows.map(({ connector: { id, name }, nights }) => {
        const counts = countTones(nights);
        return [
          <a href={`/collectes?connecteur=${id}&depuis=${nights[0]?.day ?? ""}`}>{name}</a>,
          ...nightTones.map((tone) => formatNumber(counts.get(tone) ?? 0)),
        ];
      })}
    />
  );
}

const shownTones = ["bad", "held", "look"] as const satisfies readonly NightTone[];
const barWidth = 24;
const height = 72;
/** Room for the number above a bar. */
const above = 16;

/** Number of connectors to look at, night by night, as stacked bars: failures below, then held runs, then runs with rejects. A bar leads to its night. */
function TroubledNights({ days, nights }: { readonly days: readonly string[]; readonly nights: readonly (readonly Night[])[] }): Child {
  const counts = days.map((day, place) => ({
    day,
    tones: shownTones.map((tone) => nights.flatMap((own) => own[place] ?? []).filter((night) => nightTone(night) === tone).length),
  }));
  const totals = counts.map(({ tones }) => tones.reduce((sum, count) => sum + count, 0));
  const max = Math.max(...totals);
  if (max === 0) return <p>Aucune nuit retenue, en échec ou avec des rejets.</p>;
  return (
    <figure class="moisson-figure fr-mb-3w">
      <figcaption class="fr-mb-1w">Connecteurs à regarder, nuit par nuit</figcaption>
      <svg
        class="moisson-bars"
        viewBox={`0 0 ${days.length * barWidth} ${height + above}`}
        role="group"
        aria-label="Connecteurs à regarder, nuit par nuit"
      >
        {counts.map(({ day, tones }, place) => (
          <Bar day={day} tones={tones} total={totals[place] ?? 0} max={max} x={place * barWidth} />
        ))}
        <path class="is-axis" d={`M0 ${height + above - 0.5}h${days.length * barWidth}`} />
      </svg>
    </figure>
  );
}

function Bar(given: {
  readonly day: string;
  readonly tones: readonly number[];
  readonly total: number;
  readonly max: number;
  readonly x: number;
}): Child {
  const { day, tones, total, max, x } = given;
  if (total === 0) return null;
  let bottom = height + above;
  const parts = tones.map((count, place) => {
    const part = (count / max) * height;
    bottom -= part;
    return count === 0 ? null : (
      <path class={`is-${shownTones[place]}`} d={`M${x + 2} ${bottom.toFixed(1)}h${barWidth - 4}v${part.toFixed(1)}h-${barWidth - 4}z`} />
    );
  });
  return (
    <a href={`/collectes?depuis=${day}&jusque=${day}`}>
      <title>{french`${frenchDay(day)} : ${inWords(tones)}`}</title>
      {parts}
      <text x={x + barWidth / 2} y={bottom - 4} text-anchor="middle">
        {total}
      </text>
    </a>
  );
}

function inWords(tones: readonly number[]): string {
  const [bad = 0, held = 0, look = 0] = tones;
  return joinedWithAnd([
    ...(bad > 0 ? [french`${bad} en échec`] : []),
    ...(held > 0 ? [counted(held, "retenue")] : []),
    ...(look > 0 ? [french`${look} avec des rejets`] : []),
  ]);
}
