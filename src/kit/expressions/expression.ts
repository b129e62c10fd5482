import { z } from "zod";
import { type PerimeterScale, perimeterScales } from "../../model/territories/perimeter.ts";
import { CapturePattern } from "../values/text/capture-pattern.ts";

/**
 * What a rule reads: a value of the record, or something made of several. Expressions are plain data; `evaluateExpression` gives their value.
 * A field path is the publisher's key as it stands; `a.b` goes into an object, `a[].b` through a list; a key that holds a dot is tried first as it stands.
 */
export type Expression =
  | FieldExpression
  | FirstOfExpression
  | JoinExpression
  | SplitExpression
  | SectionExpression
  | CaptureExpression
  | LabelledExpression
  | LiteralExpression
  | WhenExpression
  | JsonExpression
  | SlugExpression
  | PlaceNamesExpression;

/** The value under a path of the record. */
export interface FieldExpression {
  readonly kind: "field";
  readonly path: string;
}
/** The first of several that is filled. */
export interface FirstOfExpression {
  readonly kind: "firstOf";
  readonly of: readonly Expression[];
}
/** Several texts joined by a separator (for HTML blocks `<br>`); empty ones leave no separator behind. */
export interface JoinExpression {
  readonly kind: "join";
  readonly of: readonly Expression[];
  readonly separator: string;
}
/** A text cut into a list at a separator, entities decoded first, blanks trimmed, empty parts dropped. Known labels that contain the separator stay whole in `terms`. */
export interface SplitExpression {
  readonly kind: "split";
  readonly of: Expression;
  readonly separator: string;
}
/** The part of a text between two headings; without `to` to the end, without `from` from the start; empty where `from` is not found. */
export interface SectionExpression {
  readonly kind: "section";
  readonly of: Expression;
  readonly from?: string;
  readonly to?: string;
}
/** The part of a text that a regular expression (flags `su`) captures by its one group, blanks trimmed; empty where it does not fit. */
export interface CaptureExpression {
  readonly kind: "capture";
  readonly of: Expression;
  readonly pattern: string;
}
/** A text with words put before it, empty where the text is empty ("Bénéficiaires : " + public). */
export interface LabelledExpression {
  readonly kind: "labelled";
  readonly label: string;
  readonly of: Expression;
}
/** A fixed text. */
export interface LiteralExpression {
  readonly kind: "literal";
  readonly value: string;
}
/** The expression where the condition holds, else nothing. */
export interface WhenExpression {
  readonly kind: "when";
  readonly condition: Condition;
  readonly of: Expression;
}
/** A cell that holds JSON (keys may be bare, texts in single quotes), and a path into it (`[].nom`); a `where` keeps the members of a list whose key is (or holds) one of the values. */
export interface JsonExpression {
  readonly kind: "json";
  readonly of: Expression;
  readonly path?: string;
  readonly where?: { readonly key: string; readonly isOneOf: readonly string[] };
}

/** Names of the territories whose bare codes, of one scale, a text or list holds; unknown codes are left out, the rule of the territory names them. */
export interface PlaceNamesExpression {
  readonly kind: "placeNames";
  readonly of: Expression;
  readonly scale: PerimeterScale;
}
/** A text made into a slug: lower case, no accents, hyphens. */
export interface SlugExpression {
  readonly kind: "slug";
  readonly of: Expression;
}

/**
 * A condition on a record; texts compare as terms do (no case, accents, outer blanks). In a list one matching member is enough. `isDate`: a date that one
 * of the formats reads, as the rule `date` would.
 */
export type Condition =
  | { readonly field: string; readonly isOneOf: readonly (string | number | boolean)[] }
  | { readonly field: string; readonly isFilled: boolean }
  | { readonly field: string; readonly hasWords: readonly string[] }
  | { readonly field: string; readonly isDate: readonly string[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const path = z.string().min(1);
/** The zod schema of a condition. */
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

/** The zod schema of an expression. */
export const Expression: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("field"), path }),
    z.strictObject({ kind: z.literal("firstOf"), of: z.array(Expression).min(1) }),
    z.strictObject({ kind: z.literal("join"), of: z.array(Expression).min(1), separator: z.string() }),
    z.strictObject({ kind: z.literal("split"), of: Expression, separator: z.string().min(1) }),
    z.strictObject({ kind: z.literal("section"), of: Expression, from: z.string().min(1).optional(), to: z.string().min(1).optional() }),
    z.strictObject({ kind: z.literal("capture"), of: Expression, pattern: CapturePattern }),
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
  ]),
) as z.ZodType<Expression>;

/** What builders take: an expression, or a path, short for `field(path)`. */
export type ExpressionInput = Expression | string;

/** A path becomes `field(path)`. */
export function toExpression(input: ExpressionInput): Expression {
  return typeof input === "string" ? { kind: "field", path: input } : input;
}

/** The value under a path of the record. `field("couverture_geo.code")`, `field("competences[].title")`. */
export function field(fieldPath: string): FieldExpression {
  return { kind: "field", path: fieldPath };
}
/** The first of several that is filled. `firstOf("libelle", "title")`. */
export function firstOf(...inputs: ExpressionInput[]): FirstOfExpression {
  return { kind: "firstOf", of: inputs.map(toExpression) };
}
/** Several texts joined, empty ones left out. `join(["entete", "notes"])` joins HTML blocks by `<br>`. */
export function join(inputs: ExpressionInput[], separator = "<br>"): JoinExpression {
  return { kind: "join", of: inputs.map(toExpression), separator };
}
/** A text cut into a list, entities decoded first. `split("filtres_sectors", ";")`. */
export function split(input: ExpressionInput, separator: string): SplitExpression {
  return { kind: "split", of: toExpression(input), separator };
}
/** The part of a text between two headings. `section("description", { from: "Opérations éligibles", to: "Type d’aide" })`. */
export function section(input: ExpressionInput, between: { from?: string; to?: string }): SectionExpression {
  return { kind: "section", of: toExpression(input), ...between };
}
/** What a regular expression captures of a text. `capture("lien", "/([^/]+)/[^/]+$")`: "https://a.fr/aides/12/titre" gives "12". */
export function capture(input: ExpressionInput, regularExpression: string): CaptureExpression {
  return { kind: "capture", of: toExpression(input), pattern: regularExpression };
}
/** Words before a text, where there is a text. `labelled("Bénéficiaires : ", "public")`. */
export function labelled(label: string, input: ExpressionInput): LabelledExpression {
  return { kind: "labelled", label, of: toExpression(input) };
}
/** A fixed text inside an expression. */
export function literal(value: string): LiteralExpression {
  return { kind: "literal", value };
}
/** An expression where a condition holds. `when({ field: "type_aide", isOneOf: ["AAP"] }, "date_fin")`. */
export function when(condition: Condition, input: ExpressionInput): WhenExpression {
  return { kind: "when", condition, of: toExpression(input) };
}
/** JSON inside a cell. `json("porteurs", { path: "[]", where: { key: "roles", isOneOf: ["instructeur"] } })`. */
export function json(input: ExpressionInput, into: { path?: string; where?: { key: string; isOneOf: string[] } } = {}): JsonExpression {
  return { kind: "json", of: toExpression(input), ...into };
}
/** A text made into a slug. `slug("Nom")`: "Prime à la conversion" gives "prime-a-la-conversion". */
export function slug(input: ExpressionInput): SlugExpression {
  return { kind: "slug", of: toExpression(input) };
}
/** Names of territories from their codes. `placeNames("regions", "region")`: ["53", "75"] gives "Bretagne" and "Nouvelle-Aquitaine". */
export function placeNames(input: ExpressionInput, scale: PerimeterScale): PlaceNamesExpression {
  return { kind: "placeNames", of: toExpression(input), scale };
}
