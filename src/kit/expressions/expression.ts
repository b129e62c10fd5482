import { z } from "zod";
import { type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { CapturePattern } from "../values/text/capture-pattern.ts";

/**
 * Input of a rule: a value of the record, or a combination of values. Expressions are plain data; `evaluateExpression` evaluates them. In a
 * path, `a.b` enters an object and `a[].b` a list. If the record has the whole path as a key, that key is used.
 */
export type Expression =
  /** The value at a path of the record. */
  | { readonly kind: "field"; readonly path: string }
  /** The first non-empty value. */
  | { readonly kind: "firstOf"; readonly of: readonly Expression[] }
  /** Non-empty texts joined by a separator. Use `<br>` for HTML. */
  | { readonly kind: "join"; readonly of: readonly Expression[]; readonly separator: string }
  /** A text split into a list of trimmed, non-empty parts. The rule `terms` does not split known labels that contain the separator. */
  | { readonly kind: "split"; readonly of: Expression; readonly separator: string }
  /** The part of a text between two headings. Default: from the start, to the end. Empty if `from` is not found. */
  | { readonly kind: "section"; readonly of: Expression; readonly from?: string; readonly to?: string }
  /** The trimmed text that the only group of a regular expression (flags `su`) captures. Empty without a match. */
  | { readonly kind: "capture"; readonly of: Expression; readonly pattern: string }
  /** What a cell with lines such as "Montant : 10 000 €" says under the first of these labels that it has. Empty without any of them. */
  | { readonly kind: "underLabel"; readonly of: Expression; readonly labels: readonly string[] }
  /** A text with a prefix, such as "Bénéficiaires : ". Empty if the text is empty. */
  | { readonly kind: "labelled"; readonly label: string; readonly of: Expression }
  /** A fixed text. */
  | { readonly kind: "literal"; readonly value: string }
  /** The expression if the condition holds, else empty. */
  | { readonly kind: "when"; readonly condition: Condition; readonly of: Expression }
  /**
   * A value inside a JSON cell, at a path such as `[].nom`. Keys may be unquoted, and texts may be in single quotes. `where` keeps the list
   * members with one of the values under its key.
   */
  | {
      readonly kind: "json";
      readonly of: Expression;
      readonly path?: string;
      readonly where?: { readonly key: string; readonly isOneOf: readonly string[] };
    }
  /** Names of the territories whose codes of one scale are in a text or list. Unknown codes are left out; the rule `perimeters` reports them. */
  | { readonly kind: "placeNames"; readonly of: Expression; readonly scale: PerimeterScale }
  /** A text as a slug: lower case, no accents, hyphens. */
  | { readonly kind: "slug"; readonly of: Expression }
  /** An expression for each member of a list, whose paths start in the member. Empty results are left out. */
  | { readonly kind: "each"; readonly path: string; readonly of: Expression };

/** An expression of one kind. */
export type ExpressionOf<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/** A condition on a record. Texts are compared folded. One matching member of a list suffices. `isDate`: formats of the rule `date`. */
export type Condition =
  | { readonly field: string; readonly isOneOf: readonly (string | number | boolean)[] }
  | { readonly field: string; readonly isFilled: boolean }
  | { readonly field: string; readonly hasWords: readonly string[] }
  | { readonly field: string; readonly isDate: readonly string[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const path = z.string().min(1);
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: path, isOneOf: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }),
    z.strictObject({ field: path, isFilled: z.boolean() }),
    z.strictObject({ field: path, hasWords: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ field: path, isDate: z.array(z.string().min(2)).min(1) }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
);

export const Expression: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("field"), path }),
    z.strictObject({ kind: z.literal("firstOf"), of: z.array(Expression).min(1) }),
    z.strictObject({ kind: z.literal("join"), of: z.array(Expression).min(1), separator: z.string() }),
    z.strictObject({ kind: z.literal("split"), of: Expression, separator: z.string().min(1) }),
    z.strictObject({ kind: z.literal("section"), of: Expression, from: z.string().min(1).optional(), to: z.string().min(1).optional() }),
    z.strictObject({ kind: z.literal("capture"), of: Expression, pattern: CapturePattern }),
    z.strictObject({ kind: z.literal("underLabel"), of: Expression, labels: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ kind: z.literal("labelled"), label: z.string().min(1), of: Expression }),
    z.strictObject({ kind: z.literal("literal"), value: z.string().min(1) }),
    z.strictObject({ kind: z.literal("when"), condition: Condition, of: Expression }),
    z.strictObject({
      kind: z.literal("json"),
      of: Expression,
      path: path.optional(),
      where: z.strictObject({ key: z.string().min(1), isOneOf: z.array(z.string()).min(1) }).optional(),
    }),
    z.strictObject({ kind: z.literal("slug"), of: Expression }),
    z.strictObject({ kind: z.literal("placeNames"), of: Expression, scale: z.enum(perimeterScales) }),
    z.strictObject({ kind: z.literal("each"), path, of: Expression }),
  ]),
) as z.ZodType<Expression>;

/** Argument of builders: an expression, or a path as a short form of `field(path)`. */
export type ExpressionInput = Expression | string;

/** Converts a path to `field(path)`. */
export function toExpression(input: ExpressionInput): Expression {
  return typeof input === "string" ? { kind: "field", path: input } : input;
}

/** Reads the value at a path. `field("couverture_geo.code")`, `field("competences[].title")`. */
export function field(fieldPath: string): ExpressionOf<"field"> {
  return { kind: "field", path: fieldPath };
}
/** Takes the first non-empty value. `firstOf("libelle", "title")`. */
export function firstOf(...inputs: ExpressionInput[]): ExpressionOf<"firstOf"> {
  return { kind: "firstOf", of: inputs.map(toExpression) };
}
/** Joins texts and skips empty ones. `join(["entete", "notes"])` joins HTML blocks by `<br>`. */
export function join(inputs: ExpressionInput[], separator = "<br>"): ExpressionOf<"join"> {
  return { kind: "join", of: inputs.map(toExpression), separator };
}
/** Splits a text into a list, after entities are decoded. `split("filtres_sectors", ";")`. */
export function split(input: ExpressionInput, separator: string): ExpressionOf<"split"> {
  return { kind: "split", of: toExpression(input), separator };
}
/** Cuts the part between two headings. `section("description", { from: "Opérations éligibles", to: "Type d’aide" })`. */
export function section(input: ExpressionInput, between: { from?: string; to?: string }): ExpressionOf<"section"> {
  return { kind: "section", of: toExpression(input), ...between };
}
/** Captures part of a text. `capture("lien", "/([^/]+)/[^/]+$")`: "https://a.fr/aides/12/titre" gives "12". */
export function capture(input: ExpressionInput, regularExpression: string): ExpressionOf<"capture"> {
  return { kind: "capture", of: toExpression(input), pattern: regularExpression };
}
/** Reads the value under a label in a cell. `underLabel("infos", "Date limite", "Clôture")`: "Montant : 10 €\nDate limite : 1/2/27" gives "1/2/27". */
export function underLabel(input: ExpressionInput, ...labels: string[]): ExpressionOf<"underLabel"> {
  return { kind: "underLabel", of: toExpression(input), labels };
}
/** Adds a prefix to a non-empty text. `labelled("Bénéficiaires : ", "public")`. */
export function labelled(label: string, input: ExpressionInput): ExpressionOf<"labelled"> {
  return { kind: "labelled", label, of: toExpression(input) };
}
/** Returns a fixed text. `join([literal("Aide"), "numero"], " ")`. */
export function literal(value: string): ExpressionOf<"literal"> {
  return { kind: "literal", value };
}
/** Uses an expression if a condition holds. `when({ field: "type_aide", isOneOf: ["AAP"] }, "date_fin")`. */
export function when(condition: Condition, input: ExpressionInput): ExpressionOf<"when"> {
  return { kind: "when", condition, of: toExpression(input) };
}
/** Reads JSON inside a cell. `json("porteurs", { path: "[]", where: { key: "roles", isOneOf: ["instructeur"] } })`. */
export function json(
  input: ExpressionInput,
  into: { path?: string; where?: { key: string; isOneOf: string[] } } = {},
): ExpressionOf<"json"> {
  return { kind: "json", of: toExpression(input), ...into };
}
/** Makes a slug. `slug("Nom")`: "Prime à la conversion" gives "prime-a-la-conversion". */
export function slug(input: ExpressionInput): ExpressionOf<"slug"> {
  return { kind: "slug", of: toExpression(input) };
}
/** Converts codes to names of territories. `placeNames("regions", "region")`: ["53", "75"] gives "Bretagne" and "Nouvelle-Aquitaine". */
export function placeNames(input: ExpressionInput, scale: PerimeterScale): ExpressionOf<"placeNames"> {
  return { kind: "placeNames", of: toExpression(input), scale };
}
/** Uses an expression for each member of a list. `each("etapes[]", join(["titre", "lien"], " "))`. */
export function each(listPath: string, input: ExpressionInput): ExpressionOf<"each"> {
  return { kind: "each", path: listPath, of: toExpression(input) };
}
