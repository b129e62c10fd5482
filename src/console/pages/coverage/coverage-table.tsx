import type { Child } from "hono/jsx";
import type { NationalCounts } from "../../../catalogue/publishers/coverage-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { labelOf, vocabularies } from "../../../model/vocabularies.ts";
import { formatNumber, Table } from "../../parts/table.tsx";
import { StageBadge } from "../publishers/publisher-stage.tsx";
import { addressOfPublishers, aidScales, aidsOf, authorityLabel, type CoverageRow, isPartOfRegion } from "./coverage-rows.ts";
import { coverageStates, pluralStateLabel, StateMark, stateLabels } from "./coverage-states.tsx";

/** Returns the heads of columns of numbers. `what`: what all of them count. */
function numbers(what: string, titles: readonly string[]) {
  return titles.map((title, index) => ({ title: index === 0 ? `${what} ${title}` : title, isNumber: true }));
}

/** The table of territories, with the same content as the map. `isShort`: departments are printed, but not on screen. */
export function CoverageTable(given: {
  readonly rows: readonly CoverageRow[];
  readonly theme: string | null;
  readonly isShort: boolean;
}): Child {
  const { rows, theme, isShort } = given;
  if (rows.length === 0) return <p>Aucun territoire ne répond à ce filtre.</p>;
  const about = theme === null ? "" : french`, aides du thème « ${labelOf("themes", theme)} »`;
  return (
    <Table
      caption={`${isShort ? "Situation et aides" : counted(rows.length, "territoire")}${about}`}
      head={[
        "Territoire",
        "Situation",
        "Étape",
        ...numbers(
          "Producteurs",
          coverageStates.map((state) => pluralStateLabel(state, 2)),
        ),
        ...numbers(
          "Aides",
          aidScales.map(([, name]) => name),
        ),
      ]}
    >
      {rows.map((row) => (
        <Row row={row} theme={theme} isShort={isShort} />
      ))}
    </Table>
  );
}

function Row({ row, theme, isShort }: { readonly row: CoverageRow; readonly theme: string | null; readonly isShort: boolean }): Child {
  const { key, territory, authority, state, publishers } = row;
  const aids = aidsOf(row, theme);
  const counts = [...coverageStates.map((one) => publishers[one]), ...aidScales.map(([scale]) => aids[scale])];
  const isPart = isPartOfRegion(row);
  const partClass = isShort ? "moisson-on-paper" : undefined;
  return (
    <tr class={isPart ? partClass : "moisson-map__region"}>
      <th scope="row" class={isPart ? "moisson-part" : undefined}>
        <a href={addressOfPublishers(key)}>{isPart ? `${territory.name} (${territory.code})` : territory.name}</a>
      </th>
      <td>
        <StateMark state={state} /> {stateLabels[state]}
      </td>
      <td>
        {authority !== null && authorityLabel(row) !== stateLabels[state] && <StageBadge stage={authority.stage} doubt={authority.doubt} />}
      </td>
      {counts.map((count) => (
        <td class="fr-cell--right">{formatNumber(count)}</td>
      ))}
    </tr>
  );
}

const { themes } = vocabularies;

/** The table of aids by theme: first those for all of France, then those of each region and overseas collectivity. */
export function ThemeTable({ rows, wide }: { readonly rows: readonly CoverageRow[]; readonly wide: readonly NationalCounts[] }): Child {
  const wideOf = (theme: string | null) => wide.find((one) => one.theme === theme);
  const line = (head: Child, counts: readonly number[]) => [head, ...counts.map(formatNumber)];
  const each = (count: (theme: string | null) => number) => [null, ...themes.map(({ slug }) => slug)].map(count);
  return (
    <Table
      caption="Aides en ligne par territoire et thématique"
      head={[
        { title: "Territoire", isRowTitle: true },
        { title: "Toutes", isNumber: true },
        ...themes.map(({ label }) => ({ title: label, isNumber: true })),
      ]}
      rows={[
        line(
          "Toute la métropole",
          each((theme) => wideOf(theme)?.mainland ?? 0),
        ),
        line(
          "Tout l’outre-mer",
          each((theme) => wideOf(theme)?.overseas ?? 0),
        ),
        ...rows
          .filter(({ territory }) => territory.scale !== "department")
          .map((row) =>
            line(
              <a href={addressOfPublishers(row.key)}>{row.territory.name}</a>,
              each((theme) => aidsOf(row, theme).own),
            ),
          ),
      ]}
    />
  );
}
