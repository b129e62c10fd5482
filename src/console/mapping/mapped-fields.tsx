import type { Child } from "hono/jsx";
import { certaintyLabel, evidenceMessage, fieldLabel } from "../../french/survey.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { Badge } from "../parts/badge.tsx";
import { FieldValue } from "../parts/field-value.tsx";
import { Table } from "../parts/table.tsx";
import type { ShownField } from "../sample/sample-request.ts";

/** Our fields, each with its source, its certainty and its value in the first records. `hrefOf`: where to change one. */
export function MappedFields({
  fields,
  hrefOf,
}: {
  readonly fields: readonly ShownField[];
  readonly hrefOf: (field: string) => string;
}): Child {
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
          <td>{first(field, "from")}</td>
          <td>{first(field, "value")}</td>
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

/** The example of the first record with a value. */
function first({ field, samples }: ShownField, side: "from" | "value"): Child {
  const example = samples.find(({ from }) => from.some((text) => text !== "")) ?? samples[0];
  if (example === undefined) return "";
  if (side === "from") return cut(example.from.filter((text) => text !== "").join(" / "));
  return field === "externalId" ? cut(String(example.value ?? "")) : <FieldValue field={field as AidField} value={example.value} isShort />;
}

function cut(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
