import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { ChangeItem } from "../../../catalogue/aids/change-queue-repository.ts";
import { fieldOfChange } from "../../../curation/decide-answer.ts";
import { changeTitle } from "../../../french/change-shapes.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { changeShape } from "../../../model/compare/change-shape.ts";
import { ConnectorLink } from "../../lists/connector-column.tsx";
import type { Filter } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { AidName } from "../../parts/aid-text.tsx";
import { ShortDifference } from "../../parts/short-diff.tsx";
import { formatDay } from "../../parts/time.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { AssignForm } from "./assign-items.tsx";
import { changeFilterOf, type FilteredQueue, readQueue, reviewPath, whoseItems } from "./queue-address.ts";
import { Tick } from "./queue-form.tsx";
import { QueueAbove, queueFilters } from "./queue-list.tsx";

/** An item with the aid that shows its change. `others`: names of the people who also have it open. */
interface Row extends ChangeItem {
  readonly aid: CuratedAid;
  readonly fields: readonly AidField[];
  readonly others: string | null;
}

const path = "/relecture/propositions";
/** Maximum number of fields of an aid whose difference the list shows. */
const maxFields = 2;

/** The list of the publishers' waiting changes, each once: a page, a CSV and an Excel file. */
export const changeList = listRoutes<Row>({
  path,
  who: "read",
  title: "Relecture",
  windowTitle: french`Relecture : propositions`,
  fileName: "relecture-propositions",
  caption: (count) => french`Propositions : ${counted(count, "réponse à donner", "réponses à donner")}`,
  empty: (isFiltered) => (isFiltered ? french`Rien de tel n'attend : élargissez le filtre.` : "Aucune proposition n’attend."),
  above: async (visit, filter) => (
    <QueueAbove
      queue="proposals"
      visit={visit}
      filter={filter}
      summary={await Counts({ visit, requested: { queue: "proposals", filter } })}
    />
  ),
  filters: [
    { name: "pour", label: "Pour", kind: "choice", anyLabel: "Tout le monde", choices: () => [...whoseItems] },
    ...queueFilters.map((filter) => ({ ...filter, isAdvanced: filter.name !== "connecteur" })),
  ],
  columns: [
    { title: "Changement", text: titleOf, cell: (row, visit) => <ChangeCell row={row} visit={visit} /> },
    { title: "Aides", text: ({ aids }) => aids, isNumber: true },
    { title: "Clôture", text: ({ deadline }) => deadline, cell: ({ deadline }) => (deadline === null ? "sans date" : formatDay(deadline)) },
    {
      title: "Connecteur",
      text: ({ connectors }) => connectors.join(" ; "),
      cell: ({ connectors }, visit) => {
        const [first = ""] = connectors;
        return connectors.length === 1 ? <ConnectorLink visit={visit} connector={first} /> : counted(connectors.length, "connecteur");
      },
    },
    { title: "Pour", text: ({ assignee }) => assignee, cell: (row, visit) => whose(row, visit) },
    { title: "Identifiant permanent", text: ({ aidId }) => aidId, isExportOnly: true },
  ],
  rows: async (visit, filter, place) => rowsOf(visit, await visit.catalogue.changeQueue.list(changeFilter(visit, filter), place)),
  count: async (visit, filter) => (await countsOf(visit, changeFilter(visit, filter))).items,
  wrapTable: (table, visit, filter, rows) => (
    <AssignForm table={table} visit={visit} requested={{ queue: "proposals", filter }} rows={rows.length} />
  ),
});

function changeFilter(visit: Visit, filter: Filter) {
  return changeFilterOf({ queue: "proposals", filter }, visit);
}

function countsOf({ catalogue }: Visit, filter: ReturnType<typeof changeFilter>) {
  return catalogue.changeQueue.counts(filter, fridayAfter(filter.today));
}

/** Reads the aids that show the changes. An aid that has just left the queue has no row. */
async function rowsOf({ catalogue, visitor, now }: Visit, items: readonly ChangeItem[]): Promise<Row[]> {
  const aids = new Map<string, CuratedAid>();
  const aidIds = items.map(({ aidId }) => aidId);
  for await (const page of catalogue.aids.curated({ aidIds })) for (const aid of page) aids.set(aid.aidId, aid);
  const busy = await catalogue.aidVisits.busy(aidIds, visitor?.personId ?? null, now);
  return items.flatMap((item) => {
    const aid = aids.get(item.aidId);
    if (aid === undefined) return [];
    const ofChange = item.isChange ? fieldOfChange(item.item) : null;
    const fields = ofChange === null ? aidFields.filter((field) => field in aid.proposals) : [ofChange];
    return [{ ...item, aid, fields, others: item.isChange ? null : (busy.get(item.aidId) ?? null) }];
  });
}

/** Returns the title of a change of several aids, or of the aid. */
function titleOf({ isChange, aid, fields: [field] }: Row): string {
  if (!isChange || field === undefined) return String(shownValue(aid, "name"));
  return changeTitle(field, changeShape(field, shownValue(aid, field), aid.imported[field]));
}

function ChangeCell({ row, visit }: { readonly row: Row; readonly visit: Visit }): Child {
  const { item, isChange, aids, aid, fields, others } = row;
  const requested: FilteredQueue = { queue: "proposals", filter: readQueue(visit.query).filter };
  const title = isChange ? titleOf(row) : <AidName aid={aid} />;
  return (
    <div class="moisson-tick">
      {mayCurate(visit) && <Tick id={`element-${item}`} name="element" value={item} title={title} />}
      <div>
        <a href={reviewPath(item, requested)}>{title}</a>
        {isChange && <span class="moisson-mention">{french` sur ${counted(aids, "aide")}`}</span>}
        {others !== null && <p class="fr-badge fr-badge--sm fr-badge--info fr-badge--no-icon fr-mb-0">{`${others} y est`}</p>}
        {fields.slice(0, maxFields).map((field) => (
          <p class="moisson-short-diff fr-mb-0">
            {!isChange && french`${capitalize(fieldName(field))} : `}
            <ShortDifference field={field} before={shownValue(aid, field)} after={aid.imported[field]} language={aid.imported.language} />
          </p>
        ))}
        {fields.length > maxFields && (
          <p class="moisson-mention fr-mb-0">{french`et ${counted(fields.length - maxFields, "autre champ", "autres champs")}`}</p>
        )}
      </div>
    </div>
  );
}

function whose({ assignee, assigneeId }: Row, { visitor }: Visit): string {
  if (assignee === null) return "libre";
  return assigneeId === visitor?.personId ? "à moi" : `à ${assignee}`;
}

async function Counts({ visit, requested }: { readonly visit: Visit; readonly requested: FilteredQueue }): Promise<Child> {
  const filter = changeFilterOf(requested, visit);
  const { items, aids, soon } = await countsOf(visit, filter);
  if (aids === 0) return null;
  return (
    <p>
      {french`${counted(items, "réponse", "réponses")} pour ${counted(aids, "aide")} : un même changement n'est montré qu'une fois.`}
      {soon > 0 && (
        <strong>{french` ${counted(soon, "aide clôt", "aides clôturent")} avant le ${formatWeekday(fridayAfter(filter.today))}.`}</strong>
      )}
    </p>
  );
}

/** Returns the Friday after a day, at least two days later. Both `YYYY-MM-DD`. */
function fridayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  do date.setUTCDate(date.getUTCDate() + 1);
  while (date.getUTCDay() !== friday || date.getTime() - Date.parse(day) < minDaysMs);
  return date.toISOString().slice(0, 10);
}

const friday = 5;
const minDaysMs = 2 * 86_400_000;

const weekdays = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

function formatWeekday(day: string): string {
  return weekdays.format(new Date(day));
}
