import { ownContent } from "../../model/aid/shown-value.ts";
import type { Change, FieldChange, FieldLayers } from "../../model/plan/plan.ts";
import type { DifferingPair } from "./plan-material.ts";

/** A change as the catalogue stores it. `fields` lacks the long values that are in these contents; `change_fields` in SQL adds them. */
type StoredChange = Omit<Change, "fields"> & {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lastContent?: number;
  readonly nextContent?: number;
};

/**
 * Values of up to this number of characters are stored with the change. For shorter ones, keeping the former content of the aid would take
 * more space.
 */
const maxStored = 500;

/** Returns the change without the long values that are in the contents of the pair it was decided from. */
export function referToContents(change: Change, { staged, stored, contents }: DifferingPair): StoredChange {
  if (contents === null) return change;
  const fields = Object.entries(change.fields).map(([field, value]) => {
    const isLast = value.last === ownContent(stored)[field as keyof Change["fields"]];
    const isIncoming = value.incoming === staged.content[field as keyof Change["fields"]];
    return [field, withoutLong(value, isLast, isIncoming)] as const;
  });
  const refers = fields.some(([field, value]) => value !== change.fields[field as keyof Change["fields"]]);
  if (!refers) return change;
  return { ...change, fields: Object.fromEntries(fields), lastContent: contents.last, nextContent: contents.next };
}

/** Returns the same object if nothing is left out. */
function withoutLong(change: FieldChange, isLast: boolean, isIncoming: boolean): object {
  const { last, current, incoming, before, after, ...rest } = change;
  const hasLast = !(isLast && isLong(last));
  const hasCurrent = hasLast || current !== last;
  const hasIncoming = !(isIncoming && isLong(incoming));
  const layers = { ...(before && { before: keepingCurrent(before, current) }), ...(after && { after: keepingCurrent(after, current) }) };
  if (hasLast && hasIncoming && layers.before === before && layers.after === after) return change;
  return { ...rest, ...(hasLast && { last }), ...(hasCurrent && { current }), ...(hasIncoming && { incoming }), ...layers };
}

/** Names the current value instead of repeating it, if it is the kept one. */
function keepingCurrent(layers: FieldLayers, current: unknown): object {
  if (!("kept" in layers) || layers.kept !== current || !isLong(current)) return layers;
  const { kept: _, ...others } = layers;
  return { ...others, keepsCurrent: true };
}

function isLong(value: unknown): boolean {
  return typeof value === "string" ? value.length > maxStored : typeof value === "object" && JSON.stringify(value).length > maxStored;
}
