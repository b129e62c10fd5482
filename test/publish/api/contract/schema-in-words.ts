/** A JSON Schema of the document. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
}

const words: Readonly<Record<string, string>> = { string: "text", integer: "number", number: "number", boolean: "yes or no", null: "null" };
const formats: Readonly<Record<string, string>> = { date: "day", "date-time": "instant" };

/** Returns a JSON Schema in the words of docs/api.md: "text or null", "list of {id: number, name: text}". */
function schemaInWords(schema: Schema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(schemaInWords))].join(" or ");
  const types = [schema.type ?? []].flat();
  return [...new Set(types.map((type) => typeInWords(type, schema)))].join(" or ");
}

function typeInWords(type: string, schema: Schema): string {
  if (type === "array") return `list of ${schemaInWords(schema.items ?? {})}`;
  if (type === "object")
    return `{${membersInWords(schema)
      .map((member) => member.join(": "))
      .join(", ")}}`;
  return (type === "string" && formats[schema.format ?? ""]) || (words[type] ?? type);
}

/** Returns the members of an object, each with its type; "if any" after those that may be missing. */
export function membersInWords({ properties = {}, required = [] }: Schema): [string, string][] {
  return Object.entries(properties).map(([name, member]) => {
    const type = schemaInWords(member);
    return [name, required.includes(name) ? type : `${type}, if any`];
  });
}
