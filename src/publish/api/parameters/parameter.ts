import { ApiProblem, type WrongParameter } from "../problem.ts";

/** A query parameter, for parsing and for the document. */
export interface Parameter<Value = unknown> {
  readonly name: string;
  /** Current or former names on Aides-territoires, which its clients use. */
  readonly otherNames?: readonly string[];
  /** In French, for readers of the document. */
  readonly meaning: string;
  /** JSON Schema of OpenAPI 3.1. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: string;
  /** May be repeated, written `name[]=`, or separated by commas. */
  readonly isList: boolean;
  /** Parses at least one non-empty text. Throws `WrongValue`. */
  readonly read: (texts: readonly string[]) => Value;
}

/** An invalid value. The message says what is allowed. */
export class WrongValue extends Error {}

/** Parsed values of a table of parameters; undefined if missing. */
export type ValuesOf<Table extends Readonly<Record<string, Parameter>>> = {
  readonly [Key in keyof Table]: Table[Key] extends Parameter<infer Value> ? Value | undefined : never;
};

/** Maximum number of values in a list, and of parameters in an address. */
const maxValues = 100;
const maxGiven = 300;
const control = /\p{Cc}/u;

/** Describes a parameter with one value. If it is repeated, the last value counts. */
export function single<Value>(described: Omit<Parameter<Value>, "isList" | "read">, read: (text: string) => Value): Parameter<Value> {
  return { ...described, isList: false, read: (texts) => read(texts.at(-1) ?? "") };
}

/**
 * Describes a parameter with several values, any of which matches. `read` may return several values for one text. `schema`: schema of one
 * value.
 */
export function list<Value>(
  described: Omit<Parameter<readonly Value[]>, "isList" | "read">,
  read: (text: string) => Value | readonly Value[],
): Parameter<readonly Value[]> {
  const schema = { type: "array", items: described.schema, maxItems: maxValues };
  return {
    ...described,
    schema,
    isList: true,
    read(texts) {
      const given = texts
        .flatMap((text) => text.split(","))
        .map((text) => text.trim())
        .filter((text) => text !== "");
      if (given.length > maxValues) throw new WrongValue(`au plus ${maxValues} valeurs`);
      return [...new Set(given)].flatMap(read);
    },
  };
}

/** Aides-territoires filters we do not support. They return 400, so that a client never gets the whole catalogue by mistake. */
const unsupportedFilters = ["programs", "programIds", "backer_group_id", "backerGroup", "project_reference_id", "projectReferenceId"];

/**
 * Parses the parameters of a table and ignores unknown ones, which clients of Aides-territoires may send. Throws `ApiProblem` 400 that
 * names every invalid one.
 */
export function readParameters<Table extends Readonly<Record<string, Parameter>>>(table: Table, query: URLSearchParams): ValuesOf<Table> {
  const given = textsByName(query);
  const errors: WrongParameter[] = unsupportedFilters
    .filter((name) => given.has(name))
    .map((name) => ({ name, detail: "Ce filtre d’Aides-territoires n’existe pas ici." }));
  const values: Record<string, unknown> = {};
  for (const [key, parameter] of Object.entries(table)) {
    const written = [parameter.name, ...(parameter.otherNames ?? [])].filter((name) => given.has(name));
    const texts = written.flatMap((name) => given.get(name) ?? []);
    if (texts.length === 0) continue;
    try {
      if (texts.some((text) => control.test(text))) throw new WrongValue("du texte, sans caractère de contrôle");
      const value = parameter.read(texts);
      if (!Array.isArray(value) || value.length > 0) values[key] = value;
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      errors.push({ name: written.join(", "), detail: `Attendu : ${error.message}.` });
    }
  }
  if (errors.length > 0) throw wrongParameters(errors);
  return values as ValuesOf<Table>;
}

/** Returns the problem about invalid parameters. */
export function wrongParameters(errors: readonly WrongParameter[]): ApiProblem {
  const names = errors.map(({ name }) => name).join(", ");
  return new ApiProblem(400, { kind: "wrong-parameters", detail: `Paramètre incorrect : ${names}.`, errors });
}

/** Groups non-empty texts by name; `name`, `name[]` and `name[3]` are the same. */
function textsByName(query: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let count = 0;
  for (const [written, text] of query) {
    count++;
    if (text.trim() === "") continue;
    const name = written.replace(/\[\d{0,4}\]$/, "");
    const texts = found.get(name);
    if (texts === undefined) found.set(name, [text]);
    else texts.push(text);
  }
  if (count > maxGiven) throw new ApiProblem(400, { kind: "wrong-parameters", detail: `L’adresse a plus de ${maxGiven} paramètres.` });
  return found;
}
