import { ApiProblem, type WrongParameter } from "../problem.ts";

/** A parameter of an address: what it means, for the document and for reading it. */
export interface Parameter<Value = unknown> {
  readonly name: string;
  /** What Aides-territoires calls it too, or called it: its clients ask so. */
  readonly otherNames?: readonly string[];
  /** For who reads the document, in French. */
  readonly meaning: string;
  /** JSON Schema of OpenAPI 3.1. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: string;
  /** May be given several times, as `name[]=`, or with commas. */
  readonly isList: boolean;
  /** The value of what was written, empty texts left out, one text at least; throws `WrongValue`. */
  readonly read: (texts: readonly string[]) => Value;
}

/** A value that a parameter does not take; says what it takes. */
export class WrongValue extends Error {}

/** Values of the parameters of a table; undefined: not given. */
export type ValuesOf<Table extends Readonly<Record<string, Parameter>>> = {
  readonly [Key in keyof Table]: Table[Key] extends Parameter<infer Value> ? Value | undefined : never;
};

/** A list holds so many values at most, an address so many parameters. */
const mostValues = 100;
const mostGiven = 300;
const control = /\p{Cc}/u;

/** One value: of several the last counts. */
export function single<Value>(told: Omit<Parameter<Value>, "isList" | "read">, read: (text: string) => Value): Parameter<Value> {
  return { ...told, isList: false, read: (texts) => read(texts.at(-1) ?? "") };
}

/** Several values, any of which fits; a text may stand for some. `schema`: of one. */
export function list<Value>(
  told: Omit<Parameter<readonly Value[]>, "isList" | "read">,
  read: (text: string) => Value | readonly Value[],
): Parameter<readonly Value[]> {
  const schema = { type: "array", items: told.schema, maxItems: mostValues };
  return {
    ...told,
    schema,
    isList: true,
    read(texts) {
      const given = texts
        .flatMap((text) => text.split(","))
        .map((text) => text.trim())
        .filter((text) => text !== "");
      if (given.length > mostValues) throw new WrongValue(`au plus ${mostValues} valeurs`);
      return [...new Set(given)].flatMap(read);
    },
  };
}

/** Filters of Aides-territoires that there are none of here: who asks for a part by them must not be given everything. */
const notHere = ["programs", "programIds", "backer_group_id", "backerGroup", "project_reference_id", "projectReferenceId"];

/**
 * Reads the parameters of a table; others are left alone, as clients of Aides-territoires may send some. Throws `ApiProblem` 400 that
 * names all that are wrong, as they were written.
 */
export function readParameters<Table extends Readonly<Record<string, Parameter>>>(table: Table, query: URLSearchParams): ValuesOf<Table> {
  const given = textsByName(query);
  const errors: WrongParameter[] = notHere
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

/** Says which parameters are wrong. */
export function wrongParameters(errors: readonly WrongParameter[]): ApiProblem {
  const names = errors.map(({ name }) => name).join(", ");
  return new ApiProblem(400, { kind: "wrong-parameters", detail: `Paramètre incorrect : ${names}.`, errors });
}

/** What was given a text that is not empty; `name`, `name[]` and `name[3]` are one. */
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
  if (count > mostGiven) throw new ApiProblem(400, { kind: "wrong-parameters", detail: `L’adresse a plus de ${mostGiven} paramètres.` });
  return found;
}
