import type { Child } from "hono/jsx";
import { counted } from "../../../french/typography.ts";
import { formatNumber, Table } from "../../parts/table.tsx";
import { kindWord } from "../publishers/publisher-words.ts";
import type { PublisherRow } from "../publishers/read-publisher-rows.ts";
import { StageBadge } from "../publishers/stage-badge.tsx";
import { coverageStateOf } from "./coverage-state.ts";
import { StateMark } from "./state-mark.tsx";
import { stateWord } from "./state-words.ts";

/** Who stands in no place of the map: ministries, agencies, basins, the State's services. */
export function PublishersBeside({ rows }: { readonly rows: readonly PublisherRow[] }): Child {
  if (rows.length === 0) return <p>Il n’y en a pas dans cette situation.</p>;
  return (
    <Table
      caption={counted(rows.length, "producteur")}
      isCaptionHidden
      head={["Producteur", "Nature", "Territoire", "Situation", "Étape", { title: "Aides en ligne", isNumber: true }]}
    >
      {rows.map(({ publisher, territory, liveAids, doubt }) => {
        const state = coverageStateOf(publisher.stage);
        return (
          <tr>
            <th scope="row">
              <a href={`/producteurs/${publisher.publisherId}`}>{publisher.name}</a>
            </th>
            <td>{kindWord(publisher.kind)}</td>
            <td>{territory}</td>
            <td>
              <span class="moisson-unbroken">
                <StateMark state={state} /> {stateWord(state)}
              </span>
            </td>
            <td>
              <StageBadge stage={publisher.stage} doubt={doubt} />
            </td>
            <td class="fr-cell--right">{formatNumber(liveAids)}</td>
          </tr>
        );
      })}
    </Table>
  );
}
