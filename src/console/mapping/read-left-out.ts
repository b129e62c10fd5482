import { z } from "zod";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { LeftOut } from "../../registry/survey/left-out.ts";
import type { Form } from "../route.ts";

const Offered = z.tuple([z.string().min(1), z.string().min(1).nullable()]);
/** Longer ones are no form of ours. */
const mostOffered = 2000;

/**
 * What is left out as a form says it: of what it offered, all that is not ticked. What it did not offer, a value that has come meanwhile, stays as it was.
 * @param before what was left out
 */
export function readLeftOut(form: Form, before: readonly LeftOut[]): readonly LeftOut[] {
  const offered = form.all("offert").slice(0, mostOffered).flatMap(readOne);
  const ticked = new Set(form.all("garde").flatMap(readOne).map(keyOf));
  const asked = new Set(offered.map(keyOf));
  const unticked = offered.filter((one) => !ticked.has(keyOf(one)));
  const untouched = before.flatMap(valuesOf).filter((one) => !asked.has(keyOf(one)));
  const fields = new Map<string, LeftOut>();
  for (const [field, value] of [...untouched, ...unticked]) {
    const { values, isBlank } = fields.get(field) ?? { values: [], isBlank: false };
    fields.set(field, value === null ? { field, values, isBlank: true } : { field, values: [...values, value], isBlank });
  }
  return [...fields.values()];
}

type One = z.infer<typeof Offered>;

function readOne(written: string): One[] {
  try {
    const read = Offered.safeParse(JSON.parse(written));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

function valuesOf({ field, values, isBlank }: LeftOut): One[] {
  return [...values.map((value): One => [field, value]), ...(isBlank ? [[field, null] as One] : [])];
}

function keyOf([field, value]: One): string {
  return JSON.stringify([field, value === null ? null : foldTerm(value)]);
}
