import type { z } from "zod";
import { ConnectorDefinition } from "../kit/definition.ts";
import { nearest } from "../model/text/nearest.ts";
import type { Found } from "./registry-error.ts";

type ZodIssue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Converts errors of the schema to problems with their keys and likely corrections. */
export function definitionProblems(error: z.ZodError): Found[] {
  return error.issues.flatMap((found) => problemsOf(found, []));
}

/** Formats a key: `fields.startDate.formats[0]`. */
export function keyOf(path: Path): string {
  return path.reduce<string>(
    (key, part) => (typeof part === "number" ? `${key}[${part}]` : key === "" ? String(part) : `${key}.${String(part)}`),
    "",
  );
}

function problemsOf(found: ZodIssue, parent: Path): Found[] {
  const path = [...parent, ...found.path];
  if (found.code === "invalid_union") {
    const branch = likeliestBranch(found.errors);
    if (branch === undefined) return [withDiscriminator(found, path)];
    // A misspelt key also means a missing key. Reports only the misspelling.
    const misspelt = branch.filter((inner) => inner.code === "unrecognized_keys");
    return (misspelt.length > 0 ? misspelt : branch).flatMap((inner) => problemsOf(inner, path));
  }
  if (found.code === "unrecognized_keys") {
    const known = keysAt(ConnectorDefinition, path);
    return found.keys.map((key) => suggest({ key: keyOf([...path, key]), message: "unknown key" }, nearest(key, known)));
  }
  if (found.code === "invalid_value") {
    const message = `must be ${found.values.map(String).join(" | ")}`;
    const given = typeof found.input === "string" ? found.input : undefined;
    return [suggest({ key: keyOf(path), message }, given === undefined ? undefined : nearest(given, found.values.map(String)))];
  }
  const isMissing = found.code === "invalid_type" && found.input === undefined;
  return [{ key: keyOf(path), message: isMissing ? "is missing" : found.message }];
}

/** Returns the errors for the alternative of a union that the value matches best. */
function likeliestBranch(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] | undefined {
  const depth = (issues: readonly ZodIssue[]) =>
    Math.min(...issues.map((found) => found.path.length + (found.code === "invalid_type" ? 0 : 1)));
  return [...branches].filter((issues) => issues.length > 0).sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
}

/** Describes an unknown value of a discriminator (`kind`, `format`). */
function withDiscriminator(found: ZodIssue & { code: "invalid_union" }, path: Path): Found {
  const discriminator = found.discriminator;
  if (discriminator === undefined) return { key: keyOf(path), message: found.message };
  const at = path.at(-1) === discriminator ? path : [...path, discriminator];
  const known = valuesOfKey(ConnectorDefinition, at.slice(0, -1), discriminator);
  return { key: keyOf(at), message: known.length === 0 ? found.message : `must be ${known.join(" | ")}` };
}

function suggest(found: Found, meant: string | undefined): Found {
  return meant === undefined ? found : { ...found, didYouMean: meant };
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly element?: z.core.$ZodType;
  readonly values?: readonly unknown[];
  readonly getter?: () => z.core.$ZodType;
}

/** Returns the shapes of all objects that the schema allows at a path. */
function shapesAt(schema: z.core.$ZodType, path: Path): Readonly<Record<string, z.core.$ZodType>>[] {
  const definition = schema._zod.def as unknown as Definition;
  if (definition.innerType !== undefined) return shapesAt(definition.innerType, path);
  if (definition.getter !== undefined) return shapesAt(definition.getter(), path);
  if (definition.options !== undefined) return definition.options.flatMap((option) => shapesAt(option, path));
  const [first, ...rest] = path;
  if (first === undefined) return definition.shape === undefined ? [] : [definition.shape];
  if (definition.element !== undefined) return shapesAt(definition.element, rest);
  const member = definition.shape?.[String(first)];
  return member === undefined ? [] : shapesAt(member, rest);
}

function keysAt(schema: z.core.$ZodType, path: Path): Set<string> {
  return new Set(shapesAt(schema, path).flatMap((shape) => Object.keys(shape)));
}

function valuesOfKey(schema: z.core.$ZodType, path: Path, key: string): string[] {
  const literals = shapesAt(schema, path).flatMap((shape) => {
    const member = shape[key];
    return member === undefined ? [] : ((member._zod.def as unknown as Definition).values ?? []);
  });
  return [...new Set(literals.map(String))];
}
