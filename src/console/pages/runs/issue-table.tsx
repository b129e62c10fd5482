import type { Child } from "hono/jsx";
import { fieldNameIfOurs } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/outcomes.ts";
import { placeMessage } from "../../../french/places.ts";
import { french } from "../../../french/typography.ts";
import { setAsideMessage } from "../../../french/watch.ts";
import { sentence } from "../../../jobs/digest/french/lines.ts";
import type { IssueGroup } from "../../../model/run/run-report.ts";
import type { SetAside } from "../../../model/run/set-aside.ts";
import { formatNumber, Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/truncate.ts";
import { recordAddress } from "./read-run.ts";
import { saidOfAll } from "./said-of-all.ts";

/** Groups of issues as a table: how many, of which field, what it means, and the records in which it was met. */
export function IssueTable(given: {
  readonly runId: string;
  readonly caption: string;
  readonly groups: readonly IssueGroup[];
  readonly asides: ReadonlyMap<IssueGroup, SetAside>;
  readonly mayAct: boolean;
  /** Examples shown of each group. */
  readonly examples: number;
}): Child {
  const { runId, caption, groups, asides, mayAct, examples } = given;
  return (
    <Table caption={caption} isCaptionHidden head={[{ title: "Nombre", isNumber: true }, "Champ", "Anomalie", "Exemples"]}>
      {groups.map((group) => (
        <tr>
          <td class="fr-cell--right">{formatNumber(group.count)}</td>
          <td>{group.field === null ? "tous" : <OneWord text={truncate(fieldNameIfOurs(group.field), 80)} />}</td>
          <td class="moisson-sentence">
            {sentence(issueMessage(group.code, saidOfAll(group)))}
            <Aside runId={runId} group={group} aside={asides.get(group)} mayAct={mayAct} />
          </td>
          <td>
            <Examples runId={runId} group={group} most={examples} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Who has set it aside until when, or the way to do so. */
function Aside(given: {
  readonly runId: string;
  readonly group: IssueGroup;
  readonly aside: SetAside | undefined;
  readonly mayAct: boolean;
}): Child {
  const { runId, group, aside, mayAct } = given;
  const address = `/collectes/${runId}/mettre-de-cote?${new URLSearchParams({ code: group.code, champ: group.field ?? "" })}`;
  return (
    <>
      {aside !== undefined && <p class="moisson-mention fr-mb-0">{sentence(setAsideMessage(aside))}</p>}
      {mayAct && (
        <p class="fr-mb-0">
          <a class="fr-link fr-link--sm" href={address}>
            {aside === undefined ? "Mettre de côté" : "Revoir ou reprendre"}
            <span class="fr-sr-only">{` : ${issueMessage(group.code, saidOfAll(group))}`}</span>
          </a>
        </p>
      )}
    </>
  );
}

/** Columns are narrow: what is short is not cut in the middle of a word. */
function OneWord({ text }: { readonly text: string }): Child {
  return text.length > 28 ? text : <span class="moisson-unbroken">{text}</span>;
}

function Examples({ runId, group, most }: { readonly runId: string; readonly group: IssueGroup; readonly most: number }): Child {
  const shown = group.examples.filter(({ locator, value }) => locator !== null || value !== null).slice(0, most);
  if (shown.length === 0) return "le flux dans son ensemble";
  return (
    <ul class="moisson-examples">
      {shown.map(({ locator, value }) => (
        <li>
          {locator !== null && (
            <a href={recordAddress(runId, locator)}>
              <OneWord text={placeMessage(locator)} />
            </a>
          )}
          {locator !== null && value !== null && french` : `}
          {value !== null && <span class="moisson-mention">{french`« ${truncate(value, 80)} »`}</span>}
        </li>
      ))}
    </ul>
  );
}
