import { ApiProblem, type WrongParameter } from "../problem.ts";

/** A query parameter, for parsing and for the document. */
export interface Parameter<Value = unknown> {
  readonly name: string;
  /** Other current names on Aides-territoires. */
  readonly otherNames?: readonly string[];
  /** Former names on Aides-territoires, which some clients still use. */
  readonly olderNames?: readonly string[];
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

/** An invalid value. The message lists the allowed values. */
export class WrongValue extends Error {}

/** Parsed values of a table of parameters; undefined if missing. */
export type ValuesOf<Table extends Readonly<Record<string, Parameter>>> = {
  readonly [Key in keyof Table]: Table[Key] extends Parameter<infer Value> ? Value | undefined : never;
};

/** Maximum number of values in a list, and of parameters in an address. */
const maxValues = 100;
const maxGiven = 300;
const control = /\p{Cc}/u;

/** A kind of values: the JSON Schema of one value, and how a text is parsed. Throws `WrongValue`. */
export interface ValueKind<Value> {
  readonly schema: Parameter["schema"];
  readonly read: (text: string) => Value;
}

/** Describes a kind of values. */
export function valueKind<Value>(schema: ValueKind<Value>["schema"], read: ValueKind<Value>["read"]): ValueKind<Value> {
  return { schema, read };
}

/** Names, meaning and example of a parameter. */
type Described = Omit<Parameter, "schema" | "isList" | "read">;

/** Describes a parameter with one value. If it is repeated, the last value counts. */
export function single<Value>(described: Described, { schema, read }: ValueKind<Value>): Parameter<Value> {
  return { ...described, schema, isList: false, read: (texts) => read(texts.at(-1) ?? "") };
}

/** Describes a parameter with several values, any of which matches. One text may stand for several values. */
export function list<Value>(
  described: Described,
  { schema: items, read }: ValueKind<Value | readonly Value[]>,
): Parameter<readonly Value[]> {
  const schema = { type: "array", items, maxItems: maxValues };
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

/**
 * Aides-territoires filters we do not support, with the reason. They return 400, so that a client never gets the whole catalogue by
 * mistake.
 */
const unsupportedFilters: Readonly<Record<string, string>> = {
  backer_group_id: "Les porteurs ne sont pas groupés ici : donnez backer_ids.",
  backerGroup: "Les porteurs ne sont pas groupés ici : donnez backer_ids.",
  backer_group: "Les porteurs ne sont pas groupés ici : donnez backer_ids.",
  in_france_relance: "Le plan France Relance n’est pas un champ ici : donnez programs=france-relance.",
  perimeter_scale: "Les aides ne se filtrent pas par échelle : donnez perimeter_id ou perimeter_codes.",
  project_reference_category_id: "Les projets référents n’ont pas de familles ici : donnez project_reference_id.",
};

/**
 * Parses the parameters of a table. Unknown ones are ignored; `ignoredParameters` lists them. Throws `ApiProblem` 400 that names every
 * invalid one.
 */
export function readParameters<Table extends Readonly<Record<string, Parameter>>>(table: Table, query: URLSearchParams): ValuesOf<Table> {
  const given = textsByName(query);
  const errors: WrongParameter[] = Object.entries(unsupportedFilters)
    .filter(([name]) => given.has(name))
    .map(([name, detail]) => ({ name, detail }));
  const values: Record<string, unknown> = {};
  for (const [key, parameter] of Object.entries(table)) {
    const written = namesOf(parameter).filter((name) => given.has(name));
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

function namesOf({ name, otherNames = [], olderNames = [] }: Parameter): readonly string[] {
  return [name, ...otherNames, ...olderNames];
}

/** Returns the names of given parameters that no parameter has, at most 20: they did not change the answer. */
export function ignoredParameters(table: Readonly<Record<string, Parameter>>, query: URLSearchParams): readonly string[] {
  const known = new Set(Object.values(table).flatMap(namesOf));
  return [...textsByName(query).keys()].filter((name) => !known.has(name)).slice(0, 20);
}

/** Returns the given older names of parameters. */
export function givenOlderNames(parameters: readonly Parameter[], query: URLSearchParams): readonly string[] {
  const older = new Set(parameters.flatMap(({ olderNames = [] }) => olderNames));
  return [...textsByName(query).keys()].filter((name) => older.has(name));
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
