import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { Table } from "../../parts/table.tsx";

const fieldsShown = 400;
const longestValue = 5000;
const membersShown = 50;
const longestRecord = 50_000;

/** A record as it was decoded, field by field; one that is no list of fields as it is written. */
export function RecordTable({ record }: { readonly record: unknown }): Child {
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    return <pre class="moisson-record">{cut(textOf(record), longestRecord)}</pre>;
  }
  const fields = Object.entries(record);
  return (
    <>
      <Table caption={counted(fields.length, "champ")} isCaptionHidden head={["Champ", "Valeur"]}>
        {fields.slice(0, fieldsShown).map(([name, value]) => (
          <tr>
            <th scope="row">{cut(name, 200)}</th>
            <td>
              <Value value={value} />
            </td>
          </tr>
        ))}
      </Table>
      {fields.length > fieldsShown && <p>{french`Et ${fields.length - fieldsShown} autres champs, dans le fichier entier.`}</p>}
    </>
  );
}

function Value({ value }: { readonly value: unknown }): Child {
  if (value === null || value === undefined || value === "") return <span class="moisson-mention">vide</span>;
  if (Array.isArray(value) && value.every((one) => typeof one === "string" || typeof one === "number"))
    return (
      <ul class="moisson-examples">
        {value.slice(0, membersShown).map((one) => (
          <li>{cut(String(one), longestValue)}</li>
        ))}
        {value.length > membersShown && <li>{french`et ${value.length - membersShown} de plus`}</li>}
      </ul>
    );
  if (typeof value === "object") return <pre class="moisson-record">{cut(textOf(value), longestValue)}</pre>;
  return <span class="moisson-text">{cut(String(value), longestValue)}</span>;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : french`${text.slice(0, most)}… (${text.length} caractères en tout)`;
}
