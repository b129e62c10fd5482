import type { Child } from "hono/jsx";
import { certaintyLabel, evidenceMessage, fieldLabel } from "../../french/survey.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { Badge } from "../parts/badge.tsx";
import { FieldValue } from "../parts/field-value.tsx";
import { Table } from "../parts/table.tsx";
import type { ShownField } from "../sample/sample-request.ts";

/** The table of our fields, with source, certainty and an example. `hrefOf`: returns the page that changes a field. */
export function MappedFields(given: { readonly fields: readonly ShownField[]; readonly hrefOf: (field: string) => string }): Child {
  const { fields, hrefOf } = given;
  return (
    <Table
      caption="Nos champs, et d’où ils viennent"
      head={["Notre champ", "Vient de", "Certitude", "Dans le fichier", "Chez nous", "Corriger"]}
    >
      {fields.map((field) => (
        <tr id={`ligne-${field.field}`}>
          <th scope="row">{fieldLabel(field.field)}</th>
          <td>
            {field.from.length === 0 ? <em>la même valeur pour toutes</em> : field.from.join(", ")}
            <ul class="moisson-mention fr-mb-0">
              {field.evidence.slice(0, 3).map((why) => (
                <li>{evidenceMessage(why)}</li>
              ))}
            </ul>
          </td>
          <td>
            <Badge tone={toneOf(field.certainty)} label={certaintyLabel(field.certainty)} />
          </td>
          <td>{firstExample(field, "from")}</td>
          <td>{firstExample(field, "value")}</td>
          <td>
            <a href={hrefOf(field.field)}>
              Changer<span class="fr-sr-only"> {fieldLabel(field.field)}</span>
            </a>
          </td>
        </tr>
      ))}
    </Table>
  );
}

function toneOf(certainty: number) {
  return certainty >= 0.65 ? "success" : certainty >= 0.4 ? "warning" : "error";
}

/** Renders the example of the first record that has a value. */
function firstExample({ field, samples }: ShownField, side: "from" | "value"): Child {
  const example = samples.find(({ from }) => from.some((text) => text !== "")) ?? samples[0];
  if (example === undefined) return "";
  if (side === "from") return cut(example.from.filter((text) => text !== "").join(" / "));
  return field === "externalId" ? cut(String(example.value ?? "")) : <FieldValue field={field as AidField} value={example.value} isShort />;
}

function cut(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
