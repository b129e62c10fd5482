import { formatPercent } from "../../../french/guards.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { Form } from "../../route.ts";

/** Limits in percent of the aids. */
export const shareLimits = ["gone", "newIds", "rejected", "linksMoved", "paths", "shifted"] as const;

/** Typed texts by field name. An empty text means the default limit. */
export type WrittenGuards = Readonly<Record<string, string>>;

/** Returns the field name of a minimum fill rate. */
export function filledName(field: AidField): string {
  return `rempli-${field}`;
}

/** Converts the limits to values of the form. */
export function writtenGuards({ guards, expect }: Pick<Connector, "guards" | "expect">): WrittenGuards {
  const { filled = {}, ...shares } = guards;
  const rates = Object.entries(filled).map(([field, rate]) => [filledName(field as AidField), formatPercent(rate)]);
  const limits = shareLimits.flatMap((key) => (shares[key] === undefined ? [] : [[key, formatPercent(shares[key])]]));
  return Object.fromEntries([["minimum", expect.atLeast === undefined ? "" : String(expect.atLeast)], ...limits, ...rates]);
}

/** Reads the form. */
export function readWrittenGuards(form: Form, fields: readonly AidField[]): WrittenGuards {
  const names = ["minimum", ...shareLimits, ...fields.map(filledName), "raison"];
  return Object.fromEntries(names.map((name) => [name, form.text(name).slice(0, name === "raison" ? 500 : 20)]));
}

/** Returns the change of the definition, or the problems by field name. Limits of fields that are not in the form stay unchanged. */
export function readGuards(
  written: WrittenGuards,
  { guards, expect }: Pick<Connector, "guards" | "expect">,
  fields: readonly AidField[],
):
  | { readonly change: { readonly guards: Connector["guards"]; readonly expect: Connector["expect"] } }
  | { readonly problems: WrittenGuards } {
  const problems: Record<string, string> = {};
  const shareOf = (name: string): number | undefined => {
    const text = (written[name] ?? "").replace(/\s*%$/, "");
    if (text === "") return undefined;
    const percent = /^\d{1,3}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
    if (!(percent <= 100)) problems[name] = "Un nombre de 0 à 100, ou rien pour la limite habituelle.";
    return Math.round(percent * 100) / 10_000;
  };
  const shares = withoutUndefined(shareLimits.map((key) => [key, shareOf(key)]));
  const others = Object.entries(guards.filled ?? {}).filter(([field]) => !fields.includes(field as AidField));
  const filled = { ...Object.fromEntries(others), ...withoutUndefined(fields.map((field) => [field, shareOf(filledName(field))])) };
  const least = written.minimum ?? "";
  if (least !== "" && !/^[1-9]\d{0,6}$/.test(least)) problems.minimum = "Un nombre d’aides entier, ou rien.";
  if (Object.keys(problems).length > 0) return { problems };
  const { atLeast: _, ...expected } = expect;
  return {
    change: {
      guards: { ...shares, ...(Object.keys(filled).length > 0 && { filled }) },
      expect: { ...expected, ...(least !== "" && { atLeast: Number(least) }) },
    },
  };
}

function withoutUndefined(limits: readonly (readonly [string, number | undefined])[]): Readonly<Record<string, number>> {
  return Object.fromEntries(limits.filter((limit): limit is [string, number] => limit[1] !== undefined));
}
