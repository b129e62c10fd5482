import type { ChangeKind, FieldChange } from "../model/plan/plan.ts";
import { imports, shownUnder } from "./reverse-fields.ts";

/** Returns the value that the catalogue shows once the change is applied. */
export function shownAfter(kind: ChangeKind, { last, incoming, after = {} }: FieldChange): unknown {
  return shownUnder(after, imports(kind) ? incoming : last);
}
