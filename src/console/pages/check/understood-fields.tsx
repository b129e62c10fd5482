import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { CheckedFile } from "../../check/check-ask.ts";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/truncate.ts";

const longestName = 80;
const mostUnread = 60;

/** Where we found each of our fields in theirs, and what we did not read: who sees a wrong guess can say so. */
export function UnderstoodFields({ checked: { understood, unread } }: { readonly checked: CheckedFile }): Child {
  return (
    <>
      <h2>Comment nous avons lu vos colonnes</h2>
      <p>{french`Nous les avons reconnues seuls, à leur nom et à ce qu'elles contiennent : dites-nous si nous nous trompons.`}</p>
      <Table caption="Nos informations, et vos colonnes" isCaptionHidden head={["Information", "Lue dans"]}>
        {understood.map(({ field, from }) => (
          <tr>
            <th scope="row">{capitalize(fieldNameOrKey(field))}</th>
            <td class="moisson-written">{from.map((path) => truncate(path, longestName)).join(", ")}</td>
          </tr>
        ))}
      </Table>
      {unread.length > 0 && (
        <p>
          {french`${counted(unread.length, "colonne que nous n'avons pas lue", "colonnes que nous n'avons pas lues")} : `}
          <span class="moisson-written">
            {unread
              .slice(0, mostUnread)
              .map((path) => truncate(path, longestName))
              .join(", ")}
            {unread.length > mostUnread && "…"}
          </span>
        </p>
      )}
    </>
  );
}
