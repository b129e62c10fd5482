import type { Child } from "hono/jsx";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { Alert } from "../../parts/alert.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { type PublisherDoubt, publisherDoubts, StageBadge } from "../publishers/publisher-stage.tsx";
import { kindWord, type PublisherRow } from "../publishers/read-publisher-rows.ts";
import { coverageStateOf, StateMark, stateLabel } from "./coverage-states.tsx";

/** The table of publishers outside the map, such as ministries, agencies and basins. */
export function OtherPublishers({ rows }: { readonly rows: readonly PublisherRow[] }): Child {
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
                <StateMark state={state} /> {stateLabel(state)}
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

/** Warns about publishers whose stage contradicts their published aids. */
export function PublishersToVerify({ rows }: { readonly rows: readonly PublisherRow[] }): Child {
  const found = publisherDoubts
    .map((doubt) => ({ doubt, count: rows.filter((row) => row.doubt === doubt).length }))
    .filter(({ count }) => count > 0);
  if (found.length === 0) return null;
  return (
    <Alert kind="warning" title="À vérifier" level={2}>
      <ul>
        {found.map(({ doubt, count }) => (
          <li>
            <a href={`/producteurs?verifier=${doubt}`}>{sentence(doubt, count)}</a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function sentence(doubt: PublisherDoubt, count: number): string {
  const who = counted(count, "producteur");
  if (doubt === "stopped") return french`${who} en refus ou en veille, dont des aides restent en ligne`;
  if (doubt === "withdrawn") return french`${who} dont l'accord est retiré, et dont des aides restent en ligne`;
  return french`${who} ${isPlural(count) ? "sont" : "est"} « en ligne », sans aide publiée`;
}
