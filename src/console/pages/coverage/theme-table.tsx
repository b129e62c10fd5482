import type { Child } from "hono/jsx";
import type { WideAids } from "../../../catalogue/publishers/coverage-repository.ts";
import { vocabularies } from "../../../model/vocabularies.ts";
import { formatNumber, Table } from "../../parts/table.tsx";
import { aidsOf } from "./coverage-columns.ts";
import { addressOfPublishers, type CoverageRow } from "./coverage-rows.ts";

const { themes } = vocabularies;

/** By theme: the aids that hold in all of France, then those that each region and overseas collectivity brings beside. */
export function ThemeTable({ rows, wide }: { readonly rows: readonly CoverageRow[]; readonly wide: readonly WideAids[] }): Child {
  const wideOf = (theme: string | null) => wide.find((one) => one.theme === theme);
  const line = (head: Child, counts: readonly number[]) => (
    <tr>
      <th scope="row">{head}</th>
      {counts.map((count) => (
        <td class="fr-cell--right">{formatNumber(count)}</td>
      ))}
    </tr>
  );
  const each = (count: (theme: string | null) => number) => [null, ...themes.map(({ slug }) => slug)].map(count);
  return (
    <Table
      caption="Aides en ligne par territoire et thématique"
      head={["Territoire", { title: "Toutes", isNumber: true }, ...themes.map(({ label }) => ({ title: label, isNumber: true }))]}
    >
      {line(
        "Toute la métropole",
        each((theme) => wideOf(theme)?.mainland ?? 0),
      )}
      {line(
        "Tout l’outre-mer",
        each((theme) => wideOf(theme)?.overseas ?? 0),
      )}
      {rows
        .filter(({ territory }) => territory.scale !== "department")
        .map((row) =>
          line(
            <a href={addressOfPublishers(row.key)}>{row.territory.name}</a>,
            each((theme) => aidsOf(row, theme).own),
          ),
        )}
    </Table>
  );
}
